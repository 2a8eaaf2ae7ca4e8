package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Json;
import io.gantry.api.validation.Trees;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One device where a request does not say how many (upstream `pkg/apis/resource/v1/defaults.go`).
public final class DeviceRequestDefaults {
    private static final String MODE = "allocationMode";
    private static final String COUNT = "count";
    private static final String EXACT = "ExactCount";

    private DeviceRequestDefaults() {}

    /// Fills in the requests of a claim's spec.
    public static void of(JsonNode spec) {
        for (JsonNode request : spec.path("devices").path("requests")) {
            Trees.object(request, "exactly").ifPresent(DeviceRequestDefaults::amount);
            for (JsonNode alternative : request.path("firstAvailable")) {
                if (alternative instanceof ObjectNode own) {
                    amount(own);
                }
            }
        }
    }

    /// The same of a record: what was stored before these defaults were filled in counts as if it had them.
    public static ResourceClaimSpec filledIn(ResourceClaimSpec spec) {
        JsonNode tree = Json.MAPPER.valueToTree(spec);
        of(tree);
        return Json.MAPPER.treeToValue(tree, ResourceClaimSpec.class);
    }

    private static void amount(ObjectNode request) {
        Trees.defaultText(request, MODE, EXACT);
        if (request.path(MODE).asString("").equals(EXACT)) {
            if (request.path(COUNT).isIntegralNumber() && request.path(COUNT).longValue() == 0) {
                request.remove(COUNT);
            }
            Trees.defaultNumber(request, COUNT, 1);
        }
    }
}
