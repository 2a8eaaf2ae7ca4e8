package io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding;

import io.gantry.api.admissionregistration.v1.MatchRuleValidation;
import io.gantry.api.admissionregistration.v1.ParamValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.List;

/// Rules of ValidatingAdmissionPolicyBindings.
public final class ValidatingAdmissionPolicyBindingRules implements KindRules<ValidatingAdmissionPolicyBinding> {
    @Override
    public void validate(ValidatingAdmissionPolicyBinding object, FieldErrors errors) {
        References.requiredFormat(object.spec().policyName(), Names::subdomain, "spec.policyName", errors);
        ParamValidation.reference(object.spec().paramRef(), "spec.paramRef", errors);
        MatchRuleValidation.resources(object.spec().matchResources(), "spec.matchResources", errors);
        List<String> actions = object.spec().validationActions();
        if (actions.isEmpty()) {
            errors.required("spec.validationActions", "");
        }
        for (int i = 0; i < actions.size(); i++) {
            if (actions.indexOf(actions.get(i)) < i) {
                errors.duplicate("spec.validationActions[" + i + "]", actions.get(i));
            }
        }
        if (actions.contains("Deny") && actions.contains("Warn")) {
            errors.invalid(
                    "spec.validationActions",
                    actions,
                    "must not contain both Deny and Warn (repeating the same"
                            + " validation failure information in the API response and headers serves no purpose)");
        }
    }
}
