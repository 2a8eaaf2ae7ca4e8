package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Limited;

/// DeviceClasses (upstream `pkg/apis/resource/validation`). That expressions compile is checked where CEL is known.
final class DeviceClassRules implements KindRules<DeviceClass> {
    private static final int MAX_CONFIGURATIONS = 32;

    @Override
    public void validateCreate(DeviceClass object, FieldErrors errors) {
        validate(object, false, errors);
    }

    @Override
    public void validateUpdate(DeviceClass object, DeviceClass old, FieldErrors errors) {
        validate(object, object.spec().config().equals(old.spec().config()), errors);
    }

    /// @param stored whether the parameters are those that were there before: they may be larger
    private static void validate(DeviceClass object, boolean stored, FieldErrors errors) {
        DeviceClassSpec spec = object.spec();
        DeviceSelection.selectors(spec.selectors(), "spec.selectors", errors);
        Limited.list(
                spec.config(),
                MAX_CONFIGURATIONS,
                (config, path, found) -> DeviceSelection.configuration(config.opaque(), stored, path, found),
                "spec.config",
                errors);
        String extended = spec.extendedResourceName();
        if (extended != null && !ResourceValidation.isExtendedName(extended)) {
            errors.invalid("spec.extendedResourceName", extended, "must be a valid extended resource name");
        }
    }
}
