package io.gantry.api.schema;

import io.gantry.api.resource.Quantity;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

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
                    below(schema.defaultsOf(field), entry.getValue());
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
            case MapSchema map when map.resourceList() -> roundUp(value);
            case MapSchema map -> elements(map.values(), value, value.isObject());
            case ListSchema list -> elements(list.items(), value, value.isArray());
            case ScalarSchema scalar -> {}
            case AnySchema any -> {}
        }
    }

    /// Upstream `SetDefaults_ResourceList`: thousandths are the least that there is.
    private static void roundUp(JsonNode value) {
        if (value instanceof ObjectNode amounts) {
            amounts.properties().forEach(amount -> {
                String text = amount.getValue().asString("");
                if (isFine(text)) {
                    long milli = Quantity.parse(text).milliValue();
                    amount.setValue(StringNode.valueOf(Quantity.ofMilli(milli).canonical()));
                }
            });
        }
    }

    /// Whether a canonical quantity may have more digits than thousandths: most are seen not to have them.
    private static boolean isFine(String canonical) {
        return canonical.endsWith("n") || canonical.endsWith("u") || canonical.contains("e-");
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
