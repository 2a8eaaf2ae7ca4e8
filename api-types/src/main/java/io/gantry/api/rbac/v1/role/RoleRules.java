package io.gantry.api.rbac.v1.role;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.rbac.v1.RbacValidation;
import io.gantry.api.validation.Names;
import java.util.List;

/// Rules of Roles.
public final class RoleRules implements KindRules<Role> {
    @Override
    public List<String> nameFaults(String name, boolean prefix) {
        return Names.pathSegment(name, prefix);
    }

    @Override
    public void validate(Role object, FieldErrors errors) {
        RbacValidation.rules(object.rules(), true, errors);
    }
}
