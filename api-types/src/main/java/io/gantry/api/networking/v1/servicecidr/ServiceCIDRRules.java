package io.gantry.api.networking.v1.servicecidr;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;

/// Rules of ServiceCIDRs (upstream `ValidateServiceCIDR`).
public final class ServiceCIDRRules implements KindRules<ServiceCIDR> {
    @Override
    public void validate(ServiceCIDR object, FieldErrors errors) {
        if (object.spec().cidrs().isEmpty()) {
            errors.required("spec.cidrs", "at least one CIDR required");
        } else if (object.spec().cidrs().size() > 2) {
            errors.invalid("spec.cidrs", object.spec().cidrs(), "may only hold up to 2 values");
        }
        for (int i = 0; i < object.spec().cidrs().size(); i++) {
            References.cidr(object.spec().cidrs().get(i), "spec.cidrs[" + i + "]", errors);
        }
    }

    @Override
    public void validateUpdate(ServiceCIDR object, ServiceCIDR old, FieldErrors errors) {
        Immutable.check(object.spec().cidrs(), old.spec().cidrs(), "spec.cidrs", errors);
    }
}
