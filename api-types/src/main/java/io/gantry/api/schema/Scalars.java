package io.gantry.api.schema;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.ScalarSchema.Type;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Checks scalars and writes them as Go does.
final class Scalars {
    private static final int MAX_BYTE = 255;

    private Scalars() {}

    /// The canonical form: the same node when nothing changes, null when the JSON type does not fit.
    ///
    /// @throws DecodeException when the type fits and the value does not
    static @Nullable JsonNode canonical(Type type, JsonNode value) {
        return switch (type) {
            case STRING -> value.isString() ? value : null;
            case BOOLEAN -> value.isBoolean() ? value : null;
            case INT32 -> value.isIntegralNumber() && value.canConvertToInt() ? value : null;
            case INT64, INTEGER -> value.isIntegralNumber() && value.canConvertToLong() ? value : null;
            case NUMBER -> value.isNumber() ? value : null;
            case BYTES -> value.isString() ? bytes(value) : numbers(value);
            case TIME -> value.isString() ? text(value, GoTimes.seconds(value.stringValue())) : null;
            case MICRO_TIME -> value.isString() ? text(value, GoTimes.micros(value.stringValue())) : null;
            case QUANTITY -> quantity(value);
            case INT_OR_STRING ->
                value.isString() || value.isIntegralNumber() && value.canConvertToInt() ? value : null;
        };
    }

    private static JsonNode text(JsonNode value, String canonical) {
        return canonical.equals(value.stringValue()) ? value : StringNode.valueOf(canonical);
    }

    private static JsonNode bytes(JsonNode value) {
        String text = value.stringValue();
        int at = badBase64(text);
        if (at >= 0) {
            throw new DecodeException("illegal base64 data at input byte " + at);
        }
        return value;
    }

    /// Go takes bytes as a list of numbers too.
    private static @Nullable JsonNode numbers(JsonNode value) {
        if (!value.isArray()) {
            return null;
        }
        byte[] bytes = new byte[value.size()];
        for (int i = 0; i < bytes.length; i++) {
            JsonNode number = value.get(i);
            if (!number.isNull()
                    && !(number.isIntegralNumber()
                            && number.canConvertToInt()
                            && number.intValue() >= 0
                            && number.intValue() <= MAX_BYTE)) {
                return null;
            }
            bytes[i] = (byte) (number.isNull() ? 0 : number.intValue());
        }
        return StringNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    /// The index of the first fault, or -1. Go ignores line ends and wants padding.
    private static int badBase64(String text) {
        int symbols = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (c == '=') {
                padding++;
                int inQuad = symbols % 4;
                if (inQuad < 2 || padding > 4 - inQuad) {
                    return i;
                }
            } else if (padding > 0 || !isBase64(c)) {
                return i;
            } else {
                symbols++;
            }
        }
        return (symbols + padding) % 4 == 0 ? -1 : text.length();
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    private static @Nullable JsonNode quantity(JsonNode value) {
        String text;
        if (value.isString()) {
            text = value.stringValue();
        } else if (value.isNumber()) {
            text = value.isIntegralNumber() ? value.asString() : new BigDecimal(value.asString()).toPlainString();
        } else {
            return null;
        }
        if (value.isString() && Quantity.isPlainlyCanonical(text)) {
            return value;
        }
        try {
            return StringNode.valueOf(Quantity.parse(text).canonical());
        } catch (IllegalArgumentException malformed) {
            throw new DecodeException(String.valueOf(malformed.getMessage()));
        }
    }
}
