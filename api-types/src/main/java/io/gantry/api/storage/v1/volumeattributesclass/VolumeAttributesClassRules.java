package io.gantry.api.storage.v1.volumeattributesclass;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.storage.v1.DriverParameters;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.Locale;

/// Rules of VolumeAttributesClasses (upstream `ValidateVolumeAttributesClass`).
public final class VolumeAttributesClassRules implements KindRules<VolumeAttributesClass> {
    @Override
    public void validate(VolumeAttributesClass object, FieldErrors errors) {
        References.requiredFormat(
                text(object.driverName()).toLowerCase(Locale.ROOT), Names::qualified, "driverName", errors);
        DriverParameters.check(object.parameters(), errors);
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
