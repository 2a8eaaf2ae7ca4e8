package io.gantry.apiserver.endpoint;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Conditions that the API server itself sets on pods.
final class PodConditions {
    private PodConditions() {}

    /// Makes a condition true.
    ///
    /// @param reason, message empty for none
    static void set(ObjectNode pod, String type, String reason, String message, String now) {
        ObjectNode condition = of(pod.withObject("status").withArray("conditions"), type);
        if (!condition.path("status").asString("").equals("True")) {
            condition.put("lastTransitionTime", now);
        }
        condition.put("status", "True");
        condition.remove(List.of("reason", "message"));
        if (!reason.isEmpty()) {
            condition.put("reason", reason).put("message", message);
        }
    }

    private static ObjectNode of(ArrayNode conditions, String type) {
        for (JsonNode condition : conditions) {
            if (condition instanceof ObjectNode object
                    && condition.path("type").asString("").equals(type)) {
                return object;
            }
        }
        return conditions.addObject().put("type", type).putNull("lastProbeTime");
    }
}
