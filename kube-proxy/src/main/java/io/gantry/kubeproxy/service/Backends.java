package io.gantry.kubeproxy.service;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointHints;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.ForNode;
import io.gantry.api.discovery.v1.endpointslice.ForZone;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chooses endpoints: ready ones, near ones where all of them have hints (KEP-2433, KEP-3015); where none
/// is ready, those that still serve while they terminate (KEP-1669).
final class Backends {
    private final TreeSet<Backend> ready = new TreeSet<>();
    private final TreeSet<Backend> terminating = new TreeSet<>();
    private final Near sameNode = new Near();
    private final Near sameZone = new Near();
    private final Place place;

    /// The ready endpoints that are meant for this place.
    private static final class Near {
        private final TreeSet<Backend> here = new TreeSet<>();
        private boolean complete = true;

        private void add(Backend backend, List<String> hints, String place) {
            complete &= !hints.isEmpty();
            if (hints.contains(place)) {
                here.add(backend);
            }
        }

        private boolean counts() {
            return complete && !here.isEmpty();
        }
    }

    private Backends(Place place) {
        this.place = place;
    }

    static Backends of(ServicePort port, List<EndpointSlice> slices, Place place) {
        Backends backends = new Backends(place);
        for (EndpointSlice slice : slices) {
            if (!"IPv4".equals(slice.addressType())) {
                continue;
            }
            for (EndpointPort candidate : slice.ports()) {
                Integer number = candidate.port();
                if (number != null && samePort(candidate, port)) {
                    slice.endpoints().forEach(endpoint -> backends.add(endpoint, number));
                }
            }
        }
        return backends;
    }

    /// Those for traffic that may leave the node.
    List<Backend> anywhere() {
        if (ready.isEmpty()) {
            return List.copyOf(terminating);
        }
        return List.copyOf(sameNode.counts() ? sameNode.here : sameZone.counts() ? sameZone.here : ready);
    }

    /// Those for traffic that must stay on the node.
    List<Backend> here() {
        List<Backend> local = local(ready);
        return local.isEmpty() ? local(terminating) : local;
    }

    /// `address:port` of those that serve, ready or not.
    Set<String> serving() {
        return Stream.concat(ready.stream(), terminating.stream())
                .map(backend -> backend.ip() + ":" + backend.port())
                .collect(Collectors.toSet());
    }

    private static List<Backend> local(Collection<Backend> backends) {
        return backends.stream().filter(Backend::local).toList();
    }

    private void add(Endpoint endpoint, int port) {
        if (endpoint.addresses().isEmpty()) {
            return;
        }
        Backend backend =
                new Backend(endpoint.addresses().getFirst(), port, place.node().equals(endpoint.nodeName()));
        EndpointConditions conditions = endpoint.conditions();
        if (conditions == null || !Boolean.FALSE.equals(conditions.ready())) {
            ready.add(backend);
            addHints(backend, endpoint.hints());
        } else if (Boolean.TRUE.equals(conditions.terminating()) && !Boolean.FALSE.equals(conditions.serving())) {
            terminating.add(backend);
        }
    }

    private void addHints(Backend backend, @Nullable EndpointHints hints) {
        List<String> nodes = hints == null
                ? List.of()
                : hints.forNodes().stream().map(ForNode::name).toList();
        List<String> zones = hints == null
                ? List.of()
                : hints.forZones().stream().map(ForZone::name).toList();
        sameNode.add(backend, nodes, place.node());
        sameZone.add(backend, zones, place.zone());
    }

    private static boolean samePort(EndpointPort endpoint, ServicePort service) {
        return text(endpoint.name()).equals(text(service.name()))
                && Objects.requireNonNullElse(endpoint.protocol(), "TCP")
                        .equals(Objects.requireNonNullElse(service.protocol(), "TCP"));
    }
}
