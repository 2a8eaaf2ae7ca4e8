package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.References;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of slices (upstream `ValidateResourceSlice`, `registry/resource/resourceslice`). A driver on a
/// node selects the slices that are its own (upstream `apis/resource/v1/conversion.go`). When a taint was
/// added is filled in by the API server, which has a clock.
final class ResourceSliceRules implements KindRules<ResourceSlice> {
    @Override
    public void defaults(ObjectNode object) {
        SliceDefaults.fill(object);
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        GatedDeviceFields.drop(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        GatedDeviceFields.drop(object, old);
    }

    @Override
    public void validateCreate(ResourceSlice object, FieldErrors errors) {
        SliceSpecValidation.check(object.spec(), null, errors);
    }

    @Override
    public void validateUpdate(ResourceSlice object, ResourceSlice old, FieldErrors errors) {
        SliceSpecValidation.check(object.spec(), old.spec(), errors);
    }

    @Override
    public List<String> warnings(ResourceSlice object) {
        String driver = References.text(object.spec().driver());
        return driver.equals(driver.toLowerCase(Locale.ROOT))
                ? List.of()
                : List.of("spec.driver: driver names should be lowercase; \"" + driver
                        + "\" contains uppercase characters");
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("spec.nodeName", "spec.driver");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        JsonNode spec = object.path("spec");
        return Map.of(
                "spec.nodeName", spec.path("nodeName").asString(""),
                "spec.driver", spec.path("driver").asString(""));
    }
}
