package io.gantry.api.rbac.v1.clusterrole;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.rbac.v1.RbacValidation;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Names;
import java.util.List;

/// Rules of ClusterRoles.
public final class ClusterRoleRules implements KindRules<ClusterRole> {
    @Override
    public List<String> nameFaults(String name, boolean prefix) {
        return Names.pathSegment(name, prefix);
    }

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
