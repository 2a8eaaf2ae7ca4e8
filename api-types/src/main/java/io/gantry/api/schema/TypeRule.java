package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import tools.jackson.databind.JsonNode;

/// The keywords `type`, `nullable` and `x-kubernetes-int-or-string`. The first rule of a node; where it fails the
/// others do not run.
record TypeRule(String type, boolean nullable, boolean intOrString) implements ValueRules.Rule {
    static TypeRule of(JsonNode openApi) {
        return new TypeRule(
                openApi.path("type").asString(""),
                openApi.path("nullable").asBoolean(false),
                openApi.path("x-kubernetes-int-or-string").asBoolean(false));
    }

    @Override
    public void check(JsonNode value, String path, FieldErrors errors) {
        if (value.isNull() && nullable || fits(value)) {
            return;
        }
        String expected = intOrString ? "integer,string" : type;
        errors.typeInvalid(
                path, nameOf(value), path + " in body must be of type " + expected + ": \"" + nameOf(value) + "\"");
    }

    private boolean fits(JsonNode value) {
        if (intOrString) {
            return value.isString() || isWhole(value);
        }
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> isWhole(value);
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() || value.isNumber() && value.doubleValue() % 1 == 0;
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case NULL -> "null";
            case NUMBER -> isWhole(value) ? "integer" : "number";
            default -> "object";
        };
    }
}
