package io.gantry.api.core.v1.pod;

import io.gantry.api.Json;
import io.gantry.api.resource.Quantity;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests of a pod that is limited as a whole (upstream `defaultPodRequests` in `pkg/apis/core/v1/defaults.go`): what
/// its containers ask for together, else the limit.
final class PodLevelDefaults {
    private static final String REQUESTS = "requests";
    private static final Set<String> SHARED = Set.of("cpu", "memory");

    private PodLevelDefaults() {}

    /// Comes after the containers' own defaults.
    static void apply(ObjectNode spec) {
        if (!(spec.path("resources") instanceof ObjectNode resources)
                || !(resources.path("limits") instanceof ObjectNode limits)
                || limits.isEmpty()) {
            return;
        }
        ObjectNode requests =
                resources.path(REQUESTS) instanceof ObjectNode present ? present : Json.MAPPER.createObjectNode();
        containerRequests(spec).forEach((name, amount) -> {
            if (SHARED.contains(name) && !requests.has(name)) {
                requests.put(name, amount.toString());
            }
        });
        limits.properties().forEach(limit -> {
            String name = limit.getKey();
            if (!requests.has(name) && (SHARED.contains(name) || name.startsWith("hugepages-"))) {
                requests.set(name, limit.getValue());
            }
        });
        if (!requests.isEmpty()) {
            resources.set(REQUESTS, requests);
        }
    }

    private static Map<String, Quantity> containerRequests(ObjectNode spec) {
        ObjectNode containers = Json.MAPPER.createObjectNode();
        for (String list : Set.of("containers", "initContainers")) {
            ArrayNode reduced = containers.putArray(list);
            for (JsonNode container : spec.path(list)) {
                ObjectNode one = reduced.addObject();
                one.put("restartPolicy", container.path("restartPolicy").asString(""));
                if (container.path("resources").path(REQUESTS) instanceof ObjectNode requests) {
                    one.putObject("resources").set(REQUESTS, requests.deepCopy());
                }
            }
        }
        return PodResources.containerRequests(Json.MAPPER.treeToValue(containers, PodSpec.class));
    }
}
