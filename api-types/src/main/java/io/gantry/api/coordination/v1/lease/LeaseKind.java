package io.gantry.api.coordination.v1.lease;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `Lease` kind of `coordination.k8s.io/v1` to the API server and to clients.
public final class LeaseKind implements KindDefinition<Lease> {
    public static final Kind<Lease> KIND =
            new Kind<>(Lease.class, "coordination.k8s.io", "v1", "Lease", "leases", true, List.of(), List.of());

    @Override
    public Kind<Lease> kind() {
        return KIND;
    }
}
