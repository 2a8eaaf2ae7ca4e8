package io.gantry.api.coordination.v1.lease;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Numbers;

/// Rules of Leases (upstream `pkg/apis/coordination/validation`).
public final class LeaseRules implements KindRules<Lease> {
    @Override
    public void validate(Lease object, FieldErrors errors) {
        LeaseSpec spec = object.spec();
        if (spec.leaseDurationSeconds() != null && spec.leaseDurationSeconds() <= 0) {
            errors.invalid("spec.leaseDurationSeconds", spec.leaseDurationSeconds(), "must be greater than 0");
        }
        Numbers.nonNegative(spec.leaseTransitions(), "spec.leaseTransitions", errors);
        if (spec.preferredHolder() != null
                && !spec.preferredHolder().isEmpty()
                && (spec.strategy() == null || spec.strategy().isEmpty())) {
            errors.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined");
        }
    }
}
