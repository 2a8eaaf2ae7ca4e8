package io.gantry.apiserver.customresource;

import io.gantry.api.schema.GoTimes;
import io.gantry.apiserver.objects.Trees;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The conditions of a CustomResourceDefinition (upstream `apihelpers/helpers.go`).
final class Conditions {
    static final String NAMES_ACCEPTED = "NamesAccepted";
    static final String ESTABLISHED = "Established";
    static final String TERMINATING = "Terminating";
    static final String API_APPROVED = "KubernetesAPIApprovalPolicyConformant";

    private Conditions() {}

    static JsonNode find(JsonNode definition, String type) {
        for (JsonNode condition : definition.path("status").path("conditions")) {
            if (Trees.text(condition, "type").equals(type)) {
                return condition;
            }
        }
        return definition.path("no such condition");
    }

    static boolean isTrue(JsonNode definition, String type) {
        return Trees.text(find(definition, type), "status").equals("True");
    }

    /// Sets a condition; the time changes with the status only.
    static void set(ObjectNode definition, String type, boolean value, String reason, String message, Instant now) {
        String status = value ? "True" : "False";
        ArrayNode conditions = Trees.array(Trees.object(definition, "status"), "conditions");
        ObjectNode condition = null;
        for (JsonNode each : conditions) {
            if (each instanceof ObjectNode object && Trees.text(object, "type").equals(type)) {
                condition = object;
            }
        }
        if (condition == null) {
            condition = conditions.addObject();
        }
        if (!Trees.text(condition, "status").equals(status)) {
            condition.put("lastTransitionTime", GoTimes.seconds(now));
        }
        condition.put("type", type);
        condition.put("status", status).put("reason", reason).put("message", message);
    }
}
