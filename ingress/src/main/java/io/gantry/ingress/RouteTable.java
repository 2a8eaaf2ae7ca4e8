package io.gantry.ingress;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.ingress.HTTPIngressPath;
import io.gantry.api.networking.v1.ingress.HTTPIngressRuleValue;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressBackend;
import io.gantry.api.networking.v1.ingress.IngressRule;
import io.gantry.api.networking.v1.ingress.IngressServiceBackend;
import io.gantry.api.networking.v1.ingress.ServiceBackendPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every route of the cluster, the first that matches first: special hosts before general ones, long paths before
/// short ones, exact ones before prefixes (the order of the Ingress API). Immutable.
record RouteTable(List<Route> routes) {
    private static final Comparator<Route> MOST_SPECIAL_FIRST = Comparator.comparingInt(Route::hostRank)
            .thenComparing(route -> route.path().length(), Comparator.reverseOrder())
            .thenComparing(route -> !route.exact());

    RouteTable {
        routes = routes.stream().sorted(MOST_SPECIAL_FIRST).toList();
    }

    /// What backends are looked up in.
    record Cluster(List<Service> services, List<EndpointSlice> slices) {}

    /// @param served which ingresses are ours, by class
    static RouteTable of(List<Ingress> ingresses, Predicate<Ingress> served, Cluster cluster) {
        List<Route> routes = new ArrayList<>();
        ingresses.stream()
                .filter(served)
                .sorted(Comparator.comparing(
                        i -> i.metadata().namespace() + "/" + i.metadata().name()))
                .forEach(ingress -> add(ingress, cluster, routes));
        return new RouteTable(routes);
    }

    /// The route of a request, if there is one.
    ///
    /// @param host without a port
    Optional<Route> find(String host, String path) {
        return routes.stream()
                .filter(route -> route.matchesHost(host) && route.matchesPath(path))
                .findFirst();
    }

    private static void add(Ingress ingress, Cluster cluster, List<Route> routes) {
        String namespace = Objects.requireNonNullElse(ingress.metadata().namespace(), "");
        IngressBackend byDefault = ingress.spec().defaultBackend();
        if (byDefault != null) {
            routes.add(new Route("", "/", false, addresses(byDefault, namespace, cluster)));
        }
        for (IngressRule rule : ingress.spec().rules()) {
            HTTPIngressRuleValue http = rule.http();
            for (HTTPIngressPath path : http == null ? List.<HTTPIngressPath>of() : http.paths()) {
                routes.add(new Route(
                        Objects.requireNonNullElse(rule.host(), ""),
                        Objects.requireNonNullElse(path.path(), "/"),
                        path.pathType().equals("Exact"),
                        addresses(path.backend(), namespace, cluster)));
            }
        }
    }

    private static List<String> addresses(IngressBackend backend, String namespace, Cluster cluster) {
        IngressServiceBackend wanted = backend.service();
        if (wanted == null) {
            return List.of();
        }
        Optional<String> portName = cluster.services.stream()
                .filter(service -> namespace.equals(service.metadata().namespace())
                        && wanted.name().equals(service.metadata().name()))
                .flatMap(service -> service.spec().ports().stream())
                .filter(port -> isMeant(port, wanted.port()))
                .map(port -> text(port.name()))
                .findFirst();
        List<String> addresses = new ArrayList<>();
        portName.ifPresent(name -> cluster.slices.stream()
                .filter(slice -> namespace.equals(slice.metadata().namespace())
                        && wanted.name().equals(slice.metadata().labels().get("kubernetes.io/service-name")))
                .forEach(slice -> addAddresses(slice, name, addresses)));
        return addresses;
    }

    private static boolean isMeant(ServicePort port, @Nullable ServiceBackendPort wanted) {
        if (wanted == null) {
            return false;
        }
        String name = wanted.name();
        return name == null ? port.port().equals(wanted.number()) : name.equals(port.name());
    }

    private static void addAddresses(EndpointSlice slice, String portName, List<String> addresses) {
        for (EndpointPort port : slice.ports()) {
            if (!text(port.name()).equals(portName) || port.port() == null) {
                continue;
            }
            for (Endpoint endpoint : slice.endpoints()) {
                boolean ready = endpoint.conditions() == null
                        || !Boolean.FALSE.equals(endpoint.conditions().ready());
                if (ready && !endpoint.addresses().isEmpty()) {
                    addresses.add(endpoint.addresses().getFirst() + ":" + port.port());
                }
            }
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
