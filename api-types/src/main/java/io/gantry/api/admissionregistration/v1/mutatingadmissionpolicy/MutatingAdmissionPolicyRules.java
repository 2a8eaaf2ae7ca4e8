package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import static io.gantry.api.validation.References.text;

import io.gantry.api.admissionregistration.v1.MatchRuleValidation;
import io.gantry.api.admissionregistration.v1.ParamValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.References;
import java.util.List;

/// Rules of MutatingAdmissionPolicies, without their expressions (upstream `validateMutatingAdmissionPolicySpec`).
public final class MutatingAdmissionPolicyRules implements KindRules<MutatingAdmissionPolicy> {
    private static final List<String> TYPES = List.of("ApplyConfiguration", "JSONPatch");

    @Override
    public void validate(MutatingAdmissionPolicy object, FieldErrors errors) {
        MutatingAdmissionPolicySpec spec = object.spec();
        ParamValidation.kind(spec.paramKind(), "spec.paramKind", errors);
        if (spec.matchConstraints() == null) {
            errors.required("spec.matchConstraints", "");
        } else {
            MatchRuleValidation.resources(spec.matchConstraints(), "spec.matchConstraints", errors);
            if (spec.matchConstraints().resourceRules().isEmpty()) {
                errors.required("spec.matchConstraints.resourceRules", "");
            }
            MatchRuleValidation.mutated(spec.matchConstraints(), "spec.matchConstraints", errors);
        }
        if (spec.mutations().isEmpty()) {
            errors.required("spec.mutations", "mutations must contain at least one item");
        }
        for (int i = 0; i < spec.mutations().size(); i++) {
            mutation(spec.mutations().get(i), "spec.mutations[" + i + "]", errors);
        }
        References.required(spec.reinvocationPolicy(), "spec.reinvocationPolicy", errors);
    }

    private static void mutation(Mutation mutation, String at, FieldErrors errors) {
        String type = text(mutation.patchType());
        if (type.isEmpty()) {
            errors.required(at + ".patchType", "");
            return;
        }
        References.oneOf(type, TYPES, at + ".patchType", errors);
        part(mutation.applyConfiguration() != null, "applyConfiguration", "ApplyConfiguration", type, at, errors);
        part(mutation.jsonPatch() != null, "jsonPatch", "JSONPatch", type, at, errors);
    }

    /// What goes with one type is there with that type, and with no other.
    private static void part(boolean present, String field, String wanted, String type, String at, FieldErrors errors) {
        if (type.equals(wanted) && !present) {
            errors.required(at + "." + field, "must be specified when patchType is " + type);
        } else if (!type.equals(wanted) && present && TYPES.contains(type)) {
            errors.invalid(at + "." + field, "{" + field + "}", "must not be specified when patchType is " + type);
        }
    }
}
