package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// What webhooks in tests answer, and their rules.
final class HookAnswers {
    private HookAnswers() {}

    static ObjectNode tree(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }

    /// A response in a review.
    static Function<ObjectNode, ObjectNode> answer(String response) {
        return review -> {
            ObjectNode answer = tree("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}");
            ObjectNode own = tree(response);
            own.put("uid", review.path("request").path("uid").asString());
            answer.set("response", own);
            return answer;
        };
    }

    static Function<ObjectNode, ObjectNode> deny(String message) {
        return answer("{\"allowed\":false,\"status\":{\"message\":\"" + message + "\"}}");
    }

    static Function<ObjectNode, ObjectNode> patch(String operations) {
        String patch = Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8));
        return answer("{\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"" + patch + "\"}");
    }

    static String rules(String operations, String group, String resources) {
        return "\"rules\":[{\"operations\":[\"" + operations + "\"],\"apiGroups\":[\"" + group
                + "\"],\"apiVersions\":[\"*\"],\"resources\":[\"" + resources + "\"]}]";
    }
}
