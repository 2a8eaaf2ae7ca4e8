package io.gantry.api.schema;

import io.gantry.api.json.GoNumbers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Looks whether a custom resource is as decoding and defaults would leave it, without changing it.
final class CanonicalForm {
    private CanonicalForm() {}

    /// @param root of the custom resource, whose own metadata is not looked at
    static boolean holds(StructSchema root, ObjectNode object) {
        return fields(root, object, true);
    }

    private static boolean fields(StructSchema schema, ObjectNode object, boolean whole) {
        for (Field field : schema.defaulted()) {
            if (!object.has(field.name())) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            boolean own = whole && entry.getKey().equals("metadata");
            if (!own && !holds(schema, entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(StructSchema schema, String name, JsonNode value) {
        Field field = schema.field(name);
        if (field == null) {
            return schema.preservesUnknown() && GoNumbers.holds(value);
        }
        return value.isNull() ? field.nullable() : holds(field.schema(), value);
    }

    private static boolean holds(Schema schema, JsonNode value) {
        return switch (schema) {
            case StructSchema struct ->
                !(value instanceof ObjectNode object) || !struct.embeddedResource() && fields(struct, object, false);
            case MapSchema map -> elements(map.values(), value, value.isObject());
            case ListSchema list -> elements(list.items(), value, value.isArray());
            case ScalarSchema scalar -> GoNumbers.holds(value);
            case AnySchema any -> (!any.pruned() || isBare(value)) && GoNumbers.holds(value);
        };
    }

    private static boolean isBare(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().allMatch(CanonicalForm::isBare);
        }
        return !value.isObject() || value.isEmpty();
    }

    private static boolean elements(Schema schema, JsonNode container, boolean fits) {
        if (!fits) {
            return true;
        }
        for (JsonNode element : container.values()) {
            if (!holds(schema, element)) {
                return false;
            }
        }
        return true;
    }
}
