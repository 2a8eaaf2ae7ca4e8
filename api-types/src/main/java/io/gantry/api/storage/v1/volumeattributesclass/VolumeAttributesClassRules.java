package io.gantry.api.storage.v1.volumeattributesclass;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;

/// Rules of VolumeAttributesClasses (upstream `ValidateVolumeAttributesClass`).
public final class VolumeAttributesClassRules implements KindRules<VolumeAttributesClass> {
    @Override
    public void validate(VolumeAttributesClass object, FieldErrors errors) {
        References.required(object.driverName(), "driverName", errors);
        if (object.parameters().isEmpty()) {
            errors.required("parameters", "must contain at least one key/value pair");
        }
    }

    @Override
    public void validateUpdate(VolumeAttributesClass object, VolumeAttributesClass old, FieldErrors errors) {
        Immutable.check(object.driverName(), old.driverName(), "driverName", errors);
        Immutable.check(object.parameters(), old.parameters(), "parameters", errors);
    }
}
