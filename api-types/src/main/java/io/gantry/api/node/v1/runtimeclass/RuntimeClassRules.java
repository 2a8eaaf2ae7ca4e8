package io.gantry.api.node.v1.runtimeclass;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;

/// Rules of RuntimeClasses (upstream `ValidateRuntimeClass`).
public final class RuntimeClassRules implements KindRules<RuntimeClass> {
    @Override
    public void validate(RuntimeClass object, FieldErrors errors) {
        References.format(object.handler(), Names::label, "handler", errors);
        if (object.scheduling() != null) {
            LabelValidation.labels(object.scheduling().nodeSelector(), "scheduling.nodeSelector", errors);
        }
    }

    @Override
    public void validateUpdate(RuntimeClass object, RuntimeClass old, FieldErrors errors) {
        Immutable.check(object.handler(), old.handler(), "handler", errors);
    }
}
