package io.gantry.api.schema;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills constant defaults, top down, so that a default object gets the defaults inside it.
final class Defaulter {
    private Defaulter() {}

    static void fill(StructSchema schema, ObjectNode object) {
        for (Field field : schema.defaulted()) {
            JsonNode present = object.get(field.name());
            if (present == null || present.isNull() && !field.nullable()) {
                JsonNode constant = field.defaultValue();
                if (constant != null) {
                    object.set(field.name(), constant.isContainer() ? constant.deepCopy() : constant);
                }
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isContainer()) {
                Field field = schema.field(entry.getKey());
                if (field != null) {
                    below(field.schema(), entry.getValue());
                }
            }
        }
    }

    private static void below(Schema schema, JsonNode value) {
        switch (schema) {
            case StructSchema struct -> {
                if (value instanceof ObjectNode object) {
                    fill(struct, object);
                }
            }
            case MapSchema map -> elements(map.values(), value, value.isObject());
            case ListSchema list -> elements(list.items(), value, value.isArray());
            case ScalarSchema scalar -> {}
            case AnySchema any -> {}
        }
    }

    private static void elements(Schema schema, JsonNode container, boolean fits) {
        if (!fits || schema instanceof ScalarSchema || schema instanceof AnySchema) {
            return;
        }
        for (JsonNode element : container.values()) {
            below(schema, element);
        }
    }
}
