package io.gantry.api.rbac.v1.rolebinding;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.rbac.v1.RbacValidation;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Rules of RoleBindings: the role that a binding gives never changes.
public final class RoleBindingRules implements KindRules<RoleBinding> {
    @Override
    public void defaults(ObjectNode object) {
        RbacValidation.bindingDefaults(object);
    }

    @Override
    public void validate(RoleBinding object, FieldErrors errors) {
        RbacValidation.roleRef(object.roleRef(), List.of("Role", "ClusterRole"), errors);
        RbacValidation.subjects(object.subjects(), true, errors);
    }

    @Override
    public void validateUpdate(RoleBinding object, RoleBinding old, FieldErrors errors) {
        if (!Objects.equals(object.roleRef(), old.roleRef())) {
            errors.invalid("roleRef", object.roleRef(), "cannot change roleRef");
        }
    }
}
