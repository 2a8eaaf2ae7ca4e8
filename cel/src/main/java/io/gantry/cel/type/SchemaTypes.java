package io.gantry.cel.type;

import io.gantry.cel.type.DeclType.Kind;
import io.gantry.cel.type.DeclType.ListKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Types out of structural OpenAPI schemas (upstream `k8s.io/apiserver/pkg/cel/common/schemas.go`): what has no known
/// type is not visible to CEL.
public final class SchemaTypes {
    /// The largest request, by which unbounded values are estimated.
    public static final long MAX_REQUEST_BYTES = 3 * 1024 * 1024;

    private static final long DURATION_SIZE = 32;
    private static final long DATE_TIME_SIZE = 32;
    private static final long DATE_SIZE = 12;
    private static final int BYTES_PER_CHARACTER = 4;

    private SchemaTypes() {}

    /// The type of a schema; empty when its values cannot be used in CEL.
    ///
    /// @param wholeObject whether it is the root of a resource, which has apiVersion, kind and metadata
    public static Optional<DeclType> of(JsonNode schema, boolean wholeObject) {
        if (flag(schema, "x-kubernetes-int-or-string")) {
            long max = schema.has("maxLength") ? characters(schema) : MAX_REQUEST_BYTES - 2;
            return Optional.of(DeclType.simple(Kind.DYN, max, 1, ""));
        }
        return switch (wholeObject ? "object" : schema.path("type").asString("")) {
            case "array" -> list(schema);
            case "object" -> object(schema, wholeObject);
            case "string" -> Optional.of(string(schema));
            case "boolean" -> Optional.of(DeclType.BOOL);
            case "number" -> Optional.of(DeclType.DOUBLE);
            case "integer" -> Optional.of(DeclType.INT);
            default -> Optional.empty();
        };
    }

    /// Whether a schema is of an embedded resource.
    public static boolean embedded(JsonNode schema) {
        return flag(schema, "x-kubernetes-embedded-resource");
    }

    private static boolean flag(JsonNode schema, String keyword) {
        return schema.path(keyword).asBoolean(false);
    }

    private static Optional<DeclType> list(JsonNode schema) {
        JsonNode items = schema.path("items");
        if (!items.isObject()) {
            return Optional.empty();
        }
        return of(items, embedded(items)).map(item -> {
            long max = schema.has("maxItems")
                    ? Math.max(0, schema.get("maxItems").asLong(0))
                    : (MAX_REQUEST_BYTES - 2) / (item.minSize() + 1);
            ListKind kind = switch (schema.path("x-kubernetes-list-type").asString("")) {
                case "set" -> ListKind.SET;
                case "map" -> ListKind.MAP;
                default -> ListKind.ATOMIC;
            };
            return DeclType.list(item, max, kind, texts(schema.path("x-kubernetes-list-map-keys")));
        });
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.values().forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    private static Optional<DeclType> object(JsonNode schema, boolean wholeObject) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            return of(additional, embedded(additional)).map(value -> {
                long max = schema.has("maxProperties")
                        ? Math.max(0, schema.get("maxProperties").asLong(0))
                        : (MAX_REQUEST_BYTES - 2) / (value.minSize() + 6);
                return DeclType.map(value, max);
            });
        }
        Set<String> required = new HashSet<>(texts(schema.path("required")));
        Map<String, DeclType> fields = new LinkedHashMap<>();
        long minSize = 2;
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            JsonNode own = property.getValue();
            Optional<DeclType> type = of(own, embedded(own));
            if (type.isEmpty()) {
                continue;
            }
            FieldNames.escape(name).ifPresent(escaped -> fields.put(escaped, type.get()));
            if (required.contains(name) && !own.has("default")) {
                minSize += name.length() + type.get().minSize() + 4;
            }
        }
        if (wholeObject) {
            DeclType text = unboundedText();
            fields.put("kind", text);
            fields.put("apiVersion", text);
            fields.put("metadata", DeclType.object("", Map.of("name", text, "generateName", text), 2));
        }
        return Optional.of(DeclType.object("", fields, minSize));
    }

    /// A string of any length.
    public static DeclType unboundedText() {
        return DeclType.simple(Kind.STRING, MAX_REQUEST_BYTES - 2, 2, "");
    }

    private static DeclType string(JsonNode schema) {
        String format = schema.path("format").asString("");
        return switch (format) {
            case "byte" ->
                DeclType.simple(
                        Kind.BYTES,
                        schema.has("maxLength")
                                ? Math.max(0, schema.get("maxLength").asLong(0))
                                : MAX_REQUEST_BYTES - 2,
                        2,
                        format);
            case "duration" -> DeclType.simple(Kind.DURATION, DURATION_SIZE, 3, format);
            case "date" -> DeclType.simple(Kind.TIMESTAMP, DATE_SIZE, DATE_SIZE, format);
            case "date-time" -> DeclType.simple(Kind.TIMESTAMP, DATE_TIME_SIZE, 21, format);
            default -> DeclType.simple(Kind.STRING, textLength(schema), 2, "");
        };
    }

    private static long textLength(JsonNode schema) {
        if (schema.has("maxLength")) {
            return characters(schema);
        }
        if (schema.path("enum").isEmpty()) {
            return MAX_REQUEST_BYTES - 2;
        }
        long longest = 0;
        for (JsonNode value : schema.path("enum").values()) {
            longest = Math.max(longest, value.asString("").length());
        }
        return longest;
    }

    private static long characters(JsonNode schema) {
        return Math.max(0, schema.get("maxLength").asLong(0)) * BYTES_PER_CHARACTER;
    }
}
