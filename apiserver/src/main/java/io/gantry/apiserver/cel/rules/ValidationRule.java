package io.gantry.apiserver.cel.rules;

import io.gantry.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One rule as a schema has it.
///
/// @param reason empty where none is given
/// @param optionalOldSelf empty where it is not said
record ValidationRule(
        String rule,
        String message,
        String messageExpression,
        String reason,
        String fieldPath,
        Optional<Boolean> optionalOldSelf) {
    static final String KEYWORD = "x-kubernetes-validations";

    static List<ValidationRule> of(JsonNode schema) {
        List<ValidationRule> rules = new ArrayList<>();
        for (JsonNode rule : schema.path(KEYWORD).values()) {
            rules.add(new ValidationRule(
                    text(rule, "rule"),
                    text(rule, "message"),
                    text(rule, "messageExpression"),
                    text(rule, "reason"),
                    text(rule, "fieldPath"),
                    rule.path("optionalOldSelf").isBoolean()
                            ? Optional.of(rule.path("optionalOldSelf").booleanValue())
                            : Optional.empty()));
        }
        return rules;
    }

    private static String text(JsonNode rule, String field) {
        return rule.path(field).asString("");
    }

    boolean takesOptionalOld() {
        return optionalOldSelf.orElse(false);
    }

    /// How messages name the rule.
    String shown() {
        return message.isEmpty() ? rule.strip() : message.strip();
    }

    /// What a client reads when the rule does not hold and no expression says more.
    String defaultMessage() {
        return message.isEmpty() ? "failed rule: " + shown() : message.strip();
    }

    /// As field errors show it.
    ObjectNode shownWhole() {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        shown.put("Rule", rule).put("Message", message).put("MessageExpression", messageExpression);
        shown.put("Reason", reason.isEmpty() ? null : reason).put("FieldPath", fieldPath);
        optionalOldSelf.ifPresentOrElse(
                flag -> shown.put("OptionalOldSelf", flag), () -> shown.putNull("OptionalOldSelf"));
        return shown;
    }
}
