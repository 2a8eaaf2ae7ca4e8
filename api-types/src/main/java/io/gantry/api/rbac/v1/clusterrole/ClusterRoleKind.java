package io.gantry.api.rbac.v1.clusterrole;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `ClusterRole` kind of `rbac.authorization.k8s.io/v1` to the API server and to clients.
public final class ClusterRoleKind implements KindDefinition<ClusterRole> {
    public static final Kind<ClusterRole> KIND = new Kind<>(
            ClusterRole.class,
            "rbac.authorization.k8s.io",
            "v1",
            "ClusterRole",
            "clusterroles",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<ClusterRole> kind() {
        return KIND;
    }

    @Override
    public KindRules<ClusterRole> rules() {
        return new ClusterRoleRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.created());
    }
}
