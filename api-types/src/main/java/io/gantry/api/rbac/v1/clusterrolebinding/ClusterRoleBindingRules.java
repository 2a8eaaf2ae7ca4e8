package io.gantry.api.rbac.v1.clusterrolebinding;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.rbac.v1.RbacValidation;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Rules of ClusterRoleBindings: the role that a binding gives never changes.
public final class ClusterRoleBindingRules implements KindRules<ClusterRoleBinding> {
    @Override
    public void defaults(ObjectNode object) {
        RbacValidation.bindingDefaults(object);
    }

    @Override
    public void validate(ClusterRoleBinding object, FieldErrors errors) {
        RbacValidation.roleRef(object.roleRef(), List.of("ClusterRole"), errors);
        RbacValidation.subjects(object.subjects(), false, errors);
    }

    @Override
    public void validateUpdate(ClusterRoleBinding object, ClusterRoleBinding old, FieldErrors errors) {
        if (!Objects.equals(object.roleRef(), old.roleRef())) {
            errors.invalid("roleRef", object.roleRef(), "cannot change roleRef");
        }
    }
}
