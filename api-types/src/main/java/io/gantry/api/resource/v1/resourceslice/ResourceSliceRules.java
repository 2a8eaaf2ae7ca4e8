package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.KindRules;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A driver on a node selects the slices that are its own (upstream `apis/resource/v1/conversion.go`).
final class ResourceSliceRules implements KindRules<ResourceSlice> {
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
