package io.gantry.cel.value;

import com.google.protobuf.ByteString;
import io.gantry.api.schema.GoDurations;
import io.gantry.cel.type.DeclType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON as CEL values.
public final class JsonValues {
    private JsonValues() {}

    /// A value as its type says. What does not fit its type is read as its JSON says.
    ///
    /// @throws CelError when a formatted string does not have its format
    public static Object of(JsonNode node, DeclType type) {
        if (node.isNull()) {
            return CelNull.NULL;
        }
        return switch (type.kind()) {
            case DOUBLE -> node.isNumber() ? (Object) node.doubleValue() : plain(node, DeclType.DYN);
            case BYTES, DURATION, TIMESTAMP ->
                node.isString() ? formatted(node.stringValue(), type.format()) : plain(node, DeclType.DYN);
            case OBJECT, MAP -> plain(node, node.isObject() ? type : DeclType.DYN);
            case LIST -> plain(node, node.isArray() ? type : DeclType.DYN);
            case DYN, BOOL, INT, STRING -> plain(node, DeclType.DYN);
        };
    }

    /// A value as its JSON says.
    public static Object of(JsonNode node) {
        return of(node, DeclType.DYN);
    }

    private static Object plain(JsonNode node, DeclType type) {
        if (node instanceof ObjectNode object) {
            return new JsonMap(object, type);
        }
        if (node instanceof ArrayNode array) {
            return new JsonList(array, type);
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.isNumber() ? node.doubleValue() : CelNull.NULL;
    }

    private static Object formatted(String text, String format) {
        try {
            return switch (format) {
                case "byte" -> ByteString.copyFrom(Base64.getDecoder().decode(text));
                case "duration" -> GoDurations.parse(text);
                case "date" -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
                default -> OffsetDateTime.parse(text).toInstant();
            };
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw new CelError("Invalid " + format + " formatted string '" + text + "': " + malformed.getMessage());
        }
    }
}
