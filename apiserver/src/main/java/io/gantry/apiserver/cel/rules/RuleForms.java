package io.gantry.apiserver.cel.rules;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Checks how rules are written, before they are compiled.
final class RuleForms {
    private static final Pattern LINES = Pattern.compile("[\\n\\r]");
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private RuleForms() {}

    static void check(JsonNode schema, String path, FieldErrors errors) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            check(property.getValue(), path + ".properties[" + property.getKey() + "]", errors);
        }
        for (String keyword : List.of("items", "additionalProperties")) {
            if (schema.path(keyword).isObject()) {
                check(schema.get(keyword), path + "." + keyword, errors);
            }
        }
        List<ValidationRule> rules = ValidationRule.of(schema);
        for (int i = 0; i < rules.size(); i++) {
            check(rules.get(i), schema, path + "." + ValidationRule.KEYWORD + "[" + i + "]", errors);
        }
    }

    private static void check(ValidationRule rule, JsonNode schema, String path, FieldErrors errors) {
        String message = rule.message().strip();
        if (rule.rule().isBlank()) {
            errors.required(path + ".rule", "rule is not specified");
        } else if (!rule.message().isEmpty() && message.isEmpty()) {
            errors.invalid(path + ".message", rule.message(), "must be non-empty if specified");
        } else if (hasLines(message)) {
            errors.invalid(path + ".message", rule.message(), "must not contain line breaks");
        } else if (hasLines(rule.rule().strip()) && message.isEmpty()) {
            errors.required(path + ".message", "message must be specified if rule contains line breaks");
        }
        if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
            errors.required(path + ".messageExpression", "messageExpression must be non-empty if specified");
        }
        if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
            errors.notSupported(path + ".reason", rule.reason(), REASONS);
        }
        fieldPath(rule, schema, path + ".fieldPath", errors);
    }

    private static void fieldPath(ValidationRule rule, JsonNode schema, String path, FieldErrors errors) {
        String fieldPath = rule.fieldPath();
        if (fieldPath.isEmpty()) {
            return;
        }
        if (fieldPath.isBlank()) {
            errors.invalid(path, fieldPath, "must be non-empty if specified");
        }
        if (hasLines(fieldPath)) {
            errors.invalid(path, fieldPath, "must not contain line breaks");
        }
        if (FieldPaths.normalize(fieldPath, schema).isEmpty()) {
            errors.invalid(path, fieldPath, "must be a valid path");
        }
    }

    private static boolean hasLines(String text) {
        return LINES.matcher(text).find();
    }
}
