package io.gantry.api.rbac.v1.clusterrolebinding;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.BindingColumns;
import java.util.List;

/// Declares the `ClusterRoleBinding` kind of `rbac.authorization.k8s.io/v1` to the API server and to clients.
public final class ClusterRoleBindingKind implements KindDefinition<ClusterRoleBinding> {
    public static final Kind<ClusterRoleBinding> KIND = new Kind<>(
            ClusterRoleBinding.class,
            "rbac.authorization.k8s.io",
            "v1",
            "ClusterRoleBinding",
            "clusterrolebindings",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<ClusterRoleBinding> kind() {
        return KIND;
    }

    @Override
    public KindRules<ClusterRoleBinding> rules() {
        return new ClusterRoleBindingRules();
    }

    @Override
    public List<Column> columns() {
        return BindingColumns.all();
    }
}
