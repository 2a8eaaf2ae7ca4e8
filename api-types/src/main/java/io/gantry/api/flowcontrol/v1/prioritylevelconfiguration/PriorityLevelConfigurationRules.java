package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.References;
import java.util.List;

/// Rules of PriorityLevelConfigurations (upstream `pkg/apis/flowcontrol/validation`).
public final class PriorityLevelConfigurationRules implements KindRules<PriorityLevelConfiguration> {
    @Override
    public void validate(PriorityLevelConfiguration object, FieldErrors errors) {
        PriorityLevelConfigurationSpec spec = object.spec();
        switch (text(spec.type())) {
            case "Exempt" -> {
                if (spec.limited() != null) {
                    errors.forbidden("spec.limited", "must be nil if the type is not Limited");
                }
            }
            case "Limited" -> {
                if (spec.exempt() != null) {
                    errors.forbidden("spec.exempt", "must be nil if the type is Limited");
                }
                if (spec.limited() == null) {
                    errors.required("spec.limited", "must not be empty when type is Limited");
                } else if (spec.limited().limitResponse() != null) {
                    References.oneOf(
                            spec.limited().limitResponse().type(),
                            List.of("Queue", "Reject"),
                            "spec.limited.limitResponse.type",
                            errors);
                }
            }
            default -> errors.notSupported("spec.type", text(spec.type()), List.of("Exempt", "Limited"));
        }
    }
}
