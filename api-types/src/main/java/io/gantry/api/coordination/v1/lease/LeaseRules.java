package io.gantry.api.coordination.v1.lease;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Numbers;
import tools.jackson.databind.JsonNode;

/// Rules of Leases (upstream `pkg/apis/coordination/validation`).
public final class LeaseRules implements KindRules<Lease> {
    @Override
    public boolean isPlain(JsonNode object) {
        JsonNode spec = object.path("spec");
        return spec.path("leaseDurationSeconds").asInt(1) > 0
                && spec.path("leaseTransitions").asInt(0) >= 0
                && !spec.has("preferredHolder");
    }

    @Override
    public boolean isPlainUpdate(JsonNode object, JsonNode old) {
        return true;
    }

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
