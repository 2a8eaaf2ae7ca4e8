package io.gantry.api.rbac.v1.rolebinding;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.BindingColumns;
import java.util.List;

/// Declares the `RoleBinding` kind of `rbac.authorization.k8s.io/v1` to the API server and to clients.
public final class RoleBindingKind implements KindDefinition<RoleBinding> {
    public static final Kind<RoleBinding> KIND = new Kind<>(
            RoleBinding.class,
            "rbac.authorization.k8s.io",
            "v1",
            "RoleBinding",
            "rolebindings",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<RoleBinding> kind() {
        return KIND;
    }

    @Override
    public KindRules<RoleBinding> rules() {
        return new RoleBindingRules();
    }

    @Override
    public List<Column> columns() {
        return BindingColumns.all();
    }
}
