package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import tools.jackson.databind.JsonNode;

/// The keywords `type`, `nullable` and `x-kubernetes-int-or-string`. The first rule of a node.
record TypeRule(String type, String format, boolean nullable, boolean intOrString) implements ValueRules.Rule {
    /// Above it not every whole number has a double of its own.
    private static final double MAX_WHOLE = 1L << 53;

    static TypeRule of(JsonNode openApi) {
        return new TypeRule(
                openApi.path("type").asString(""),
                openApi.path("format").asString(""),
                openApi.path("nullable").asBoolean(false),
                openApi.path("x-kubernetes-int-or-string").asBoolean(false));
    }

    @Override
    public boolean checksNull() {
        return true;
    }

    @Override
    public void check(JsonNode value, String path, FieldErrors errors) {
        if (value.isNull() && nullable || fits(value)) {
            return;
        }
        boolean byFormat = !format.isEmpty() && !value.isNull() && !value.isString() && !value.isArray();
        String expected = intOrString ? "integer,string" : byFormat ? format : type;
        String found = byFormat ? formatOf(value) : nameOf(value);
        errors.typeInvalid(path, found, path + " in body must be of type " + expected + ": \"" + found + "\"");
        if (value.isNumber() && type.equals("integer")) {
            NumberRules.outOfRange(format, path, errors);
        }
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
        return value.isIntegralNumber()
                ? value.canConvertToLong()
                : value.isNumber() && value.doubleValue() % 1 == 0 && Math.abs(value.doubleValue()) < MAX_WHOLE;
    }

    private static String formatOf(JsonNode value) {
        return value.isNumber() ? isWhole(value) ? "int64" : "float64" : "";
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
