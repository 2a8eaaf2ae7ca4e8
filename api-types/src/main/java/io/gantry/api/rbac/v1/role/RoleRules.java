package io.gantry.api.rbac.v1.role;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.rbac.v1.RbacValidation;

/// Rules of Roles.
public final class RoleRules implements KindRules<Role> {

    @Override
    public void validate(Role object, FieldErrors errors) {
        RbacValidation.rules(object.rules(), true, errors);
    }
}
