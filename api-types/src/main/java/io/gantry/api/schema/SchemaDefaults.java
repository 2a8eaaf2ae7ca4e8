package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks the defaults of a structural schema: each fits its own schema, has no field that would be pruned, and stands
/// where defaults may stand (upstream `pkg/apiserver/schema/defaulting/validation.go`).
final class SchemaDefaults {
    private SchemaDefaults() {}

    static void check(JsonNode root, String path, FieldErrors errors) {
        for (String name : java.util.List.of("metadata", "kind", "apiVersion")) {
            JsonNode property = root.path("properties").path(name);
            forbidden(property, "in top-level " + name, path + ".properties[" + name + "]", errors);
        }
        below(root, path, errors);
    }

    private static void forbidden(JsonNode schema, String why, String path, FieldErrors errors) {
        if (schema.has("default")) {
            errors.forbidden(path + ".default", "must not be set " + why);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            forbidden(property.getValue(), why, path + ".properties[" + property.getKey() + "]", errors);
        }
    }

    private static void below(JsonNode schema, String path, FieldErrors errors) {
        JsonNode value = schema.get("default");
        if (value != null && !value.isNull()) {
            pruned(schema, value, path + ".default", errors);
            ValueRules.compile(schema).check(value, path + ".default", errors);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            below(property.getValue(), path + ".properties[" + property.getKey() + "]", errors);
        }
        if (schema.path("items").isObject()) {
            below(schema.get("items"), path + ".items", errors);
        }
    }

    private static void pruned(JsonNode schema, JsonNode value, String path, FieldErrors errors) {
        ObjectNode holder = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        holder.set("value", value.deepCopy());
        ObjectNode around = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        around.put("type", "object").putObject("properties").set("value", schema);
        if (!new Conformer(false, false)
                .conform(CustomSchemas.part(around), holder)
                .isEmpty()) {
            errors.invalid(path, value, "must not have unknown fields");
        }
    }
}
