package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import static io.gantry.api.validation.References.text;

import io.gantry.api.admissionregistration.v1.MatchRuleValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;

/// Rules of ValidatingAdmissionPolicies, without their expressions.
public final class ValidatingAdmissionPolicyRules implements KindRules<ValidatingAdmissionPolicy> {
    @Override
    public void validate(ValidatingAdmissionPolicy object, FieldErrors errors) {
        ValidatingAdmissionPolicySpec spec = object.spec();
        if (spec.validations().isEmpty() && spec.auditAnnotations().isEmpty()) {
            errors.required("spec.validations", "validations or auditAnnotations must contain at least one item");
        }
        MatchRuleValidation.resources(spec.matchConstraints(), "spec.matchConstraints", errors);
        if (spec.matchConstraints() == null) {
            errors.required("spec.matchConstraints", "");
        } else if (spec.matchConstraints().resourceRules().isEmpty()) {
            errors.required("spec.matchConstraints.resourceRules", "");
        }
        for (int i = 0; i < spec.validations().size(); i++) {
            if (text(spec.validations().get(i).expression()).isBlank()) {
                errors.required("spec.validations[" + i + "].expression", "expression is not specified");
            }
        }
    }
}
