package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Checks `x-kubernetes-validations` of one node as far as that needs no CEL.
final class RuleTexts {
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private RuleTexts() {}

    static void check(JsonNode schema, String path, FieldErrors errors) {
        int i = 0;
        for (JsonNode rule : schema.path("x-kubernetes-validations").values()) {
            rule(rule, path + ".x-kubernetes-validations[" + i++ + "]", errors);
        }
    }

    private static void rule(JsonNode rule, String at, FieldErrors errors) {
        String text = rule.path("rule").asString("").strip();
        String message = rule.path("message").asString("");
        if (text.isEmpty()) {
            errors.required(at + ".rule", "rule is not specified");
        } else if (!message.isEmpty() && message.isBlank()) {
            errors.invalid(at + ".message", message, "must be non-empty if specified");
        } else if (hasLineBreak(message.strip())) {
            errors.invalid(at + ".message", message, "must not contain line breaks");
        } else if (hasLineBreak(text) && message.isBlank()) {
            errors.required(at + ".message", "message must be specified if rule contains line breaks");
        }
        String expression = rule.path("messageExpression").asString("");
        if (!expression.isEmpty() && expression.isBlank()) {
            errors.required(at + ".messageExpression", "messageExpression must be non-empty if specified");
        }
        String reason = rule.path("reason").asString("");
        if (rule.has("reason") && !REASONS.contains(reason)) {
            errors.notSupported(at + ".reason", reason, REASONS);
        }
        String fieldPath = rule.path("fieldPath").asString("");
        if (!fieldPath.isEmpty() && fieldPath.isBlank()) {
            errors.invalid(at + ".fieldPath", fieldPath, "must be non-empty if specified");
        }
        if (hasLineBreak(fieldPath)) {
            errors.invalid(at + ".fieldPath", fieldPath, "must not contain line breaks");
        }
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
