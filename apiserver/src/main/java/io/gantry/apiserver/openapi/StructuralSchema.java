package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a custom resource's schema readable for v2, which knows less: what it cannot say is left open (upstream
/// `apiextensions-apiserver/pkg/controller/openapi/v2`).
final class StructuralSchema {
    private static final Set<String> UNKNOWN_TO_V2 =
            Set.of("oneOf", "anyOf", "allOf", "not", "nullable", "default", "x-kubernetes-validations", "pattern");

    private StructuralSchema() {}

    static ObjectNode toV2(ObjectNode schema) {
        ObjectNode copy = Json.MAPPER.createObjectNode();
        boolean open = isTrue(schema, "x-kubernetes-preserve-unknown-fields")
                || isTrue(schema, "x-kubernetes-int-or-string")
                || isTrue(schema, "nullable");
        for (Map.Entry<String, JsonNode> property : schema.properties()) {
            String name = property.getKey();
            boolean shape = Set.of("type", "properties", "items", "additionalProperties")
                    .contains(name);
            if (!UNKNOWN_TO_V2.contains(name) && !(open && shape)) {
                copy.set(name, value(name, property.getValue()));
            }
        }
        return copy;
    }

    private static JsonNode value(String name, JsonNode value) {
        if (value instanceof ObjectNode object && (name.equals("items") || name.equals("additionalProperties"))) {
            return toV2(object);
        }
        if (value instanceof ObjectNode object && name.equals("properties")) {
            ObjectNode properties = Json.MAPPER.createObjectNode();
            object.properties()
                    .forEach(each -> properties.set(
                            each.getKey(),
                            each.getValue() instanceof ObjectNode nested ? toV2(nested) : each.getValue()));
            return properties;
        }
        return value instanceof ArrayNode array ? array.deepCopy() : value;
    }

    private static boolean isTrue(ObjectNode schema, String name) {
        return schema.path(name).asBoolean(false);
    }
}
