package io.gantry.ingress.endpoint;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Where the requests for a port of a Service go: to its ready endpoints; where there is none, to those that end but
/// still serve, as kube-proxy does. Pure.
///
/// @param addresses in order of their texts
/// @param problem why there cannot be any; empty when there may be some later
public record Endpoints(List<InetSocketAddress> addresses, String problem) {
    public static final Endpoints NONE = new Endpoints(List.of(), "");

    public Endpoints {
        addresses = List.copyOf(addresses);
    }

    /// @param slices of this Service
    /// @param port a number or a name of the Service's
    public static Endpoints of(Service service, List<EndpointSlice> slices, String port) {
        if ("ExternalName".equals(service.spec().type())) {
            return new Endpoints(
                    List.of(),
                    "service " + service.metadata().name()
                            + " is of type ExternalName, which is not supported as a backend");
        }
        Optional<ServicePort> wanted = service.spec().ports().stream()
                .filter(candidate -> port.equals(candidate.name()) || port.equals(String.valueOf(candidate.port())))
                .findFirst();
        if (wanted.isEmpty()) {
            return new Endpoints(List.of(), "service " + service.metadata().name() + " has no port " + port);
        }
        String name = text(wanted.get().name());
        List<InetSocketAddress> ready = addresses(slices, name, Endpoints::isReady);
        return new Endpoints(ready.isEmpty() ? addresses(slices, name, Endpoints::servesStill) : ready, "");
    }

    private static List<InetSocketAddress> addresses(
            List<EndpointSlice> slices, String portName, Predicate<Endpoint> chosen) {
        TreeMap<String, InetSocketAddress> addresses = new TreeMap<>();
        for (EndpointSlice slice : slices) {
            for (EndpointPort port : slice.addressType().equals("FQDN") ? List.<EndpointPort>of() : slice.ports()) {
                Integer number = port.port();
                if (number != null && text(port.name()).equals(portName)) {
                    slice.endpoints().stream()
                            .filter(chosen)
                            .filter(endpoint -> !endpoint.addresses().isEmpty())
                            .map(endpoint -> endpoint.addresses().getFirst())
                            .forEach(ip -> addresses.put(
                                    ip + ":" + number, new InetSocketAddress(InetAddress.ofLiteral(ip), number)));
                }
            }
        }
        return List.copyOf(addresses.values());
    }

    private static boolean isReady(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.conditions();
        return conditions == null || !Boolean.FALSE.equals(conditions.ready());
    }

    private static boolean servesStill(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.conditions();
        return conditions != null
                && Boolean.TRUE.equals(conditions.serving())
                && Boolean.TRUE.equals(conditions.terminating());
    }
}
