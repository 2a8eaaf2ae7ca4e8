package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicybinding;

import io.gantry.api.admissionregistration.v1.MatchRuleValidation;
import io.gantry.api.admissionregistration.v1.ParamValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;

/// Rules of MutatingAdmissionPolicyBindings (upstream `validateMutatingAdmissionPolicyBindingSpec`).
public final class MutatingAdmissionPolicyBindingRules implements KindRules<MutatingAdmissionPolicyBinding> {
    @Override
    public void validate(MutatingAdmissionPolicyBinding object, FieldErrors errors) {
        MutatingAdmissionPolicyBindingSpec spec = object.spec();
        References.requiredFormat(spec.policyName(), Names::subdomain, "spec.policyName", errors);
        ParamValidation.reference(spec.paramRef(), "spec.paramRef", errors);
        MatchRuleValidation.resources(spec.matchResources(), "spec.matchResources", errors);
        MatchRuleValidation.mutated(spec.matchResources(), "spec.matchResources", errors);
    }
}
