package io.gantry.api.rbac.v1.clusterrole;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.rbac.v1.RbacValidation;
import io.gantry.api.validation.LabelValidation;

/// Rules of ClusterRoles.
public final class ClusterRoleRules implements KindRules<ClusterRole> {

    @Override
    public void validate(ClusterRole object, FieldErrors errors) {
        RbacValidation.rules(object.rules(), false, errors);
        if (object.aggregationRule() == null) {
            return;
        }
        String path = "aggregationRule.clusterRoleSelectors";
        if (object.aggregationRule().clusterRoleSelectors().isEmpty()) {
            errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        for (int i = 0; i < object.aggregationRule().clusterRoleSelectors().size(); i++) {
            LabelValidation.selector(
                    object.aggregationRule().clusterRoleSelectors().get(i), path + "[" + i + "]", errors);
        }
    }
}
