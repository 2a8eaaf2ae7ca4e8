package io.gantry.api.apps.v1.controllerrevision;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.Numbers;

/// Rules of ControllerRevisions (upstream `ValidateControllerRevision`).
public final class ControllerRevisionRules implements KindRules<ControllerRevision> {
    @Override
    public void validate(ControllerRevision object, FieldErrors errors) {
        if (object.data() == null || object.data().isNull()) {
            errors.required("data", "data is mandatory");
        }
        Numbers.nonNegative(object.revision(), "revision", errors);
    }

    @Override
    public void validateUpdate(ControllerRevision object, ControllerRevision old, FieldErrors errors) {
        Immutable.check(object.data(), old.data(), "data", errors);
    }
}
