package io.gantry.api.rbac.v1.role;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `Role` kind of `rbac.authorization.k8s.io/v1` to the API server and to clients.
public final class RoleKind implements KindDefinition<Role> {
    public static final Kind<Role> KIND =
            new Kind<>(Role.class, "rbac.authorization.k8s.io", "v1", "Role", "roles", true, List.of(), List.of());

    @Override
    public Kind<Role> kind() {
        return KIND;
    }

    @Override
    public KindRules<Role> rules() {
        return new RoleRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.created());
    }
}
