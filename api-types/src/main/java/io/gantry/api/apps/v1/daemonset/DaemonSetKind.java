package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `DaemonSet` kind of `apps/v1` to the API server and to clients.
public final class DaemonSetKind implements KindDefinition<DaemonSet> {
    public static final Kind<DaemonSet> KIND =
            new Kind<>(DaemonSet.class, "apps", "v1", "DaemonSet", "daemonsets", true, List.of("ds"), List.of("all"));

    @Override
    public Kind<DaemonSet> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }
}
