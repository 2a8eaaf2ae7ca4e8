package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import static io.gantry.api.validation.References.text;

import io.gantry.api.admissionregistration.v1.MatchRuleValidation;
import io.gantry.api.admissionregistration.v1.ParamValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules of ValidatingAdmissionPolicies, without their expressions.
public final class ValidatingAdmissionPolicyRules implements KindRules<ValidatingAdmissionPolicy> {
    private static final int MAX_AUDIT_ANNOTATIONS = 20;

    @Override
    public void validate(ValidatingAdmissionPolicy object, FieldErrors errors) {
        ValidatingAdmissionPolicySpec spec = object.spec();
        if (spec.validations().isEmpty() && spec.auditAnnotations().isEmpty()) {
            errors.required("spec.validations", "validations or auditAnnotations must contain at least one item");
        }
        ParamValidation.kind(spec.paramKind(), "spec.paramKind", errors);
        auditAnnotations(text(object.metadata().name()), spec.auditAnnotations(), errors);
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

    private static void auditAnnotations(String policy, List<AuditAnnotation> annotations, FieldErrors errors) {
        Set<String> keys = new HashSet<>();
        if (annotations.size() > MAX_AUDIT_ANNOTATIONS) {
            errors.invalid(
                    "spec.auditAnnotations",
                    "",
                    "must not have more than " + MAX_AUDIT_ANNOTATIONS + " auditAnnotations");
        }
        for (int i = 0; i < annotations.size(); i++) {
            String at = "spec.auditAnnotations[" + i + "].key";
            String key = text(annotations.get(i).key());
            if (policy.isEmpty()) {
                errors.invalid(at, key, "requires metadata.name be non-empty");
            } else {
                References.format(policy + "/" + key, Names::qualified, at, errors);
            }
            if (!keys.add(key)) {
                errors.duplicate(at, key);
            }
        }
    }
}
