package io.gantry.ingress.endpoint;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.client.ObjectKey;
import io.gantry.ingress.route.BackendRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The backends that routes lead to. A change of endpoints is a change of one of them, whatever the number of routes.
/// Read by event loops; written by one thread.
public final class Backends {
    /// What backends are looked up in.
    ///
    /// @param slices of a Service
    public record Cluster(
            Function<ObjectKey, Optional<Service>> service, Function<ObjectKey, List<EndpointSlice>> slices) {}

    private final Map<BackendRef, Backend> backends = new ConcurrentHashMap<>();
    private final Cluster cluster;

    public Backends(Cluster cluster) {
        this.cluster = cluster;
    }

    /// The backend of a route; one without endpoints when nobody wants it.
    public Backend get(BackendRef ref) {
        Backend backend = backends.get(ref);
        return backend == null ? new Backend() : backend;
    }

    /// Knows these from now on, and no others.
    public void keep(Set<BackendRef> wanted) {
        backends.keySet().retainAll(wanted);
        for (BackendRef ref : wanted) {
            if (!backends.containsKey(ref)) {
                Backend backend = new Backend();
                backend.set(endpoints(ref));
                backends.put(ref, backend);
            }
        }
    }

    /// Looks the endpoints of a Service up again.
    ///
    /// @return whether a backend has a problem that it had not, or has one no more
    public boolean refresh(ObjectKey service) {
        boolean differs = false;
        for (Map.Entry<BackendRef, Backend> entry : backends.entrySet()) {
            if (entry.getKey().service().equals(service)) {
                Endpoints fresh = endpoints(entry.getKey());
                differs |= !fresh.problem().equals(entry.getValue().endpoints().problem());
                entry.getValue().set(fresh);
            }
        }
        return differs;
    }

    private Endpoints endpoints(BackendRef ref) {
        return cluster.service()
                .apply(ref.service())
                .map(service -> Endpoints.of(service, cluster.slices().apply(ref.service()), ref.port()))
                .orElse(Endpoints.NONE);
    }
}
