package io.gantry.ingress.route;

import io.gantry.api.networking.v1.ingress.HTTPIngressPath;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressBackend;
import io.gantry.api.networking.v1.ingress.IngressRule;
import io.gantry.api.networking.v1.ingress.IngressServiceBackend;
import io.gantry.api.networking.v1.ingress.IngressTLS;
import io.gantry.api.networking.v1.ingress.ServiceBackendPort;
import io.gantry.client.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every route of the cluster: a name's before a wildcard's before those of any host; in a host as [HostRoutes] says;
/// `spec.defaultBackend` last. Endpoints are not in it, so it changes with Ingresses alone. Immutable.
///
/// @param hosts by name, by `*.` and name, or by the empty text for any host
/// @param fallback the oldest default backend
/// @param tls whose certificates the hosts have that have TLS
/// @param notices what is not served, and why
public record RouteTable(
        Map<String, HostRoutes> hosts, Optional<Route> fallback, Map<String, TlsEntry> tls, List<Notice> notices) {
    /// Whose certificate a host has.
    ///
    /// @param secret with an empty name where none is named
    public record TlsEntry(ObjectKey ingress, ObjectKey secret) {}

    private static final Comparator<Ingress> OLDEST_FIRST = Comparator.<Ingress, Instant>comparing(
                    ingress -> Objects.requireNonNullElse(ingress.metadata().creationTimestamp(), Instant.MAX))
            .thenComparing(ingress -> ObjectKey.of(ingress).toString());

    public static final RouteTable EMPTY = RouteTable.of(List.of());

    public RouteTable {
        hosts = Map.copyOf(hosts);
        tls = Map.copyOf(tls);
        notices = List.copyOf(notices);
    }

    /// @param served the Ingresses of our class, in any order
    public static RouteTable of(List<Ingress> served) {
        Building building = new Building();
        served.stream().sorted(OLDEST_FIRST).forEach(building::add);
        return building.table();
    }

    /// The route of a request, if there is one.
    ///
    /// @param host as [HostName#of] gives it
    /// @param path in normal form
    public Optional<Route> find(String host, String path) {
        return in(host, path)
                .or(() -> in(HostName.wildcard(host), path))
                .or(() -> in("", path))
                .or(() -> fallback);
    }

    private Optional<Route> in(String host, String path) {
        HostRoutes routes = hosts.get(host);
        return routes == null ? Optional.empty() : routes.find(path);
    }

    /// Whether requests for the host may come over TLS with a certificate of its own.
    public boolean hasTls(String host) {
        return tls.containsKey(host) || tls.containsKey(HostName.wildcard(host));
    }

    /// Every port of a Service that a route leads to.
    public Set<BackendRef> backends() {
        Set<BackendRef> backends = new LinkedHashSet<>();
        fallback.ifPresent(route -> backends.add(route.backend()));
        hosts.values().forEach(host -> routes(host).forEach(route -> backends.add(route.backend())));
        return backends;
    }

    /// Every route, in no order.
    public List<Route> routes() {
        List<Route> all = new ArrayList<>();
        hosts.values().forEach(host -> all.addAll(routes(host)));
        fallback.ifPresent(all::add);
        return all;
    }

    private static List<Route> routes(HostRoutes host) {
        return switch (host) {
            case HostRoutes.ByElements elements -> {
                List<Route> routes = new ArrayList<>(elements.exact().values());
                routes.addAll(elements.prefixes().values());
                yield routes;
            }
            case HostRoutes.ByPattern patterns ->
                patterns.candidates().stream()
                        .map(HostRoutes.ByPattern.Candidate::route)
                        .toList();
        };
    }

    private static final class Building {
        private final Map<String, List<PathRule>> rules = new HashMap<>();
        private final Map<String, TlsEntry> tls = new HashMap<>();
        private final List<Notice> notices = new ArrayList<>();
        private Optional<Route> fallback = Optional.empty();
        private int age;

        RouteTable table() {
            Map<String, HostRoutes> hosts = new HashMap<>();
            rules.forEach((host, paths) -> hosts.put(host, HostRoutes.of(paths, notices::add)));
            return new RouteTable(hosts, fallback, tls, notices);
        }

        void add(Ingress ingress) {
            ObjectKey key = ObjectKey.of(ingress);
            Annotations annotations = Annotations.of(ingress.metadata().annotations());
            annotations.problems().forEach(problem -> notices.add(new Notice(key, "AnnotationIgnored", problem)));
            IngressBackend byDefault = ingress.spec().defaultBackend();
            if (byDefault != null) {
                // What matches no path is not rewritten: there is no expression to take groups of.
                RouteOptions options = annotations.options();
                backend(key, byDefault)
                        .map(backend -> Route.of(key, "/", backend, options.withoutRewrite()))
                        .filter(route -> fallback.isEmpty())
                        .ifPresent(route -> fallback = Optional.of(route));
            }
            for (IngressRule rule : ingress.spec().rules()) {
                addRule(key, rule, annotations.options());
            }
            addTls(ingress);
            age++;
        }

        private void addRule(ObjectKey key, IngressRule rule, RouteOptions options) {
            String host = Objects.requireNonNullElse(rule.host(), "").toLowerCase(Locale.ROOT);
            var http = rule.http();
            for (HTTPIngressPath path : http == null ? List.<HTTPIngressPath>of() : http.paths()) {
                backend(key, path.backend()).ifPresent(backend -> {
                    PathRule.Kind kind = path.pathType().equals("Exact") ? PathRule.Kind.EXACT : PathRule.Kind.PREFIX;
                    String text = path.path() == null || path.path().isEmpty() ? "/" : path.path();
                    rules.computeIfAbsent(host, h -> new ArrayList<>())
                            .add(new PathRule(kind, Route.of(key, text, backend, options), age));
                });
            }
        }

        /// An entry without hosts is for those of the rules.
        private void addTls(Ingress ingress) {
            String namespace = ObjectKey.of(ingress).namespace();
            for (IngressTLS entry : ingress.spec().tls()) {
                ObjectKey secret = new ObjectKey(namespace, entry.secretName() == null ? "" : entry.secretName());
                List<String> hosts = entry.hosts().isEmpty()
                        ? ingress.spec().rules().stream().map(IngressRule::host).toList()
                        : entry.hosts();
                for (@Nullable String host : hosts) {
                    if (host != null && !host.isEmpty()) {
                        tls.putIfAbsent(host.toLowerCase(Locale.ROOT), new TlsEntry(ObjectKey.of(ingress), secret));
                    }
                }
            }
        }

        private Optional<BackendRef> backend(ObjectKey key, IngressBackend backend) {
            IngressServiceBackend service = backend.service();
            if (service == null) {
                notices.add(new Notice(key, "BackendNotSupported", "a backend that is no Service is not supported"));
                return Optional.empty();
            }
            ServiceBackendPort port = service.port();
            String name = port == null ? null : port.name();
            Integer number = port == null ? null : port.number();
            return Optional.of(new BackendRef(
                    new ObjectKey(key.namespace(), service.name()),
                    name != null && !name.isEmpty() ? name : String.valueOf(number)));
        }
    }
}
