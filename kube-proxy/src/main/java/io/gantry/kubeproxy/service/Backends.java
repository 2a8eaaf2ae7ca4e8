package io.gantry.kubeproxy.service;

import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Chooses endpoints: ready ones; where there are none, those that still serve while they terminate (KEP-1669).
final class Backends {
    private final TreeSet<Backend> ready = new TreeSet<>();
    private final TreeSet<Backend> terminating = new TreeSet<>();

    private Backends() {}

    static Backends of(ServicePort port, List<EndpointSlice> slices, String node) {
        Backends backends = new Backends();
        for (EndpointSlice slice : slices) {
            if (!"IPv4".equals(slice.addressType())) {
                continue;
            }
            for (EndpointPort candidate : slice.ports()) {
                Integer number = candidate.port();
                if (number != null && samePort(candidate, port)) {
                    slice.endpoints().forEach(endpoint -> backends.add(endpoint, number, node));
                }
            }
        }
        return backends;
    }

    /// Those for traffic that may leave the node.
    List<Backend> anywhere() {
        return ready.isEmpty() ? List.copyOf(terminating) : List.copyOf(ready);
    }

    /// Those for traffic that must stay on the node.
    List<Backend> here() {
        List<Backend> local = local(ready);
        return local.isEmpty() ? local(terminating) : local;
    }

    private static List<Backend> local(Collection<Backend> backends) {
        return backends.stream().filter(Backend::local).toList();
    }

    private void add(Endpoint endpoint, int port, String node) {
        if (endpoint.addresses().isEmpty()) {
            return;
        }
        Backend backend = new Backend(endpoint.addresses().getFirst(), port, node.equals(endpoint.nodeName()));
        EndpointConditions conditions = endpoint.conditions();
        if (conditions == null || !Boolean.FALSE.equals(conditions.ready())) {
            ready.add(backend);
        } else if (Boolean.TRUE.equals(conditions.terminating()) && !Boolean.FALSE.equals(conditions.serving())) {
            terminating.add(backend);
        }
    }

    private static boolean samePort(EndpointPort endpoint, ServicePort service) {
        return text(endpoint.name()).equals(text(service.name()))
                && Objects.requireNonNullElse(endpoint.protocol(), "TCP")
                        .equals(Objects.requireNonNullElse(service.protocol(), "TCP"));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
