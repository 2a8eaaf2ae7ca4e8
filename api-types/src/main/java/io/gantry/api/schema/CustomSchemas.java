package io.gantry.api.schema;

import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.schema.ScalarSchema.Type;
import io.gantry.api.schema.annotation.ListType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Turns a structural OpenAPI v3 schema of a CRD into a [Schema]. What only validates is in [ValueRules].
final class CustomSchemas {
    private static final String GO_OBJECT = "map[string]interface {}";

    private CustomSchemas() {}

    /// The schema of a whole custom resource: its own fields beside apiVersion, kind and metadata.
    static StructSchema root(JsonNode openApi) {
        return struct(openApi, true, preserves(openApi));
    }

    /// The schema of a part of a custom resource.
    static StructSchema part(JsonNode openApi) {
        return struct(openApi, false, preserves(openApi));
    }

    private static Schema of(JsonNode openApi) {
        return of(openApi, preserves(openApi));
    }

    /// @param preserves whether unknown fields are kept, by the schema itself or by the list whose element it is
    private static Schema of(JsonNode openApi, boolean preserves) {
        if (openApi.path("x-kubernetes-int-or-string").asBoolean(false)) {
            return ScalarSchema.of(Type.INT_OR_STRING, preserves);
        }
        return switch (openApi.path("type").asString("")) {
            case "object" -> object(openApi, preserves);
            case "array" -> list(openApi, preserves);
            case "string" -> ScalarSchema.of(Type.STRING, preserves);
            case "integer" -> ScalarSchema.of(Type.INTEGER, preserves);
            case "number" -> ScalarSchema.of(Type.NUMBER, preserves);
            case "boolean" -> ScalarSchema.of(Type.BOOLEAN, preserves);
            default -> openApi.path("properties").isObject() ? object(openApi, preserves) : AnySchema.DEDUCED;
        };
    }

    private static boolean preserves(JsonNode openApi) {
        return openApi.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    }

    private static Schema object(JsonNode openApi, boolean preserves) {
        JsonNode additional = openApi.path("additionalProperties");
        if (!openApi.has("properties") && (additional.isObject() || additional.asBoolean(false))) {
            boolean nullable =
                    !additional.isObject() || additional.path("nullable").asBoolean(false) || additional.has("default");
            return new MapSchema(
                    additional.isObject() ? of(additional) : AnySchema.PRUNED, isAtomic(openApi), false, nullable);
        }
        return struct(openApi, openApi.path("x-kubernetes-embedded-resource").asBoolean(false), preserves);
    }

    private static StructSchema struct(JsonNode openApi, boolean wholeObject, boolean preserved) {
        boolean preserves = preserved || openApi.path("additionalProperties").asBoolean(false);
        return new StructSchema(
                "", GO_OBJECT, isAtomic(openApi), preserves, wholeObject, () -> fields(openApi, wholeObject));
    }

    private static Map<String, Field> fields(JsonNode openApi, boolean wholeObject) {
        Map<String, Field> fields = new LinkedHashMap<>();
        if (wholeObject) {
            fields.put("apiVersion", plain("apiVersion", ScalarSchema.of(Type.STRING)));
            fields.put("kind", plain("kind", ScalarSchema.of(Type.STRING)));
            fields.put("metadata", plain("metadata", RecordSchemas.of(ObjectMeta.class)));
        }
        List<String> required = new ArrayList<>();
        openApi.path("required").values().forEach(name -> required.add(name.asString("")));
        for (Map.Entry<String, JsonNode> property : openApi.path("properties").properties()) {
            if (!fields.containsKey(property.getKey())) {
                fields.put(
                        property.getKey(),
                        field(property.getKey(), property.getValue(), required.contains(property.getKey())));
            }
        }
        return fields;
    }

    private static Field plain(String name, Schema schema) {
        return new Field(name, schema, false, false, null, MergeStrategy.NONE, false, "");
    }

    private static Field field(String name, JsonNode openApi, boolean required) {
        return new Field(
                name,
                of(openApi),
                required,
                openApi.path("nullable").asBoolean(false),
                openApi.get("default"),
                MergeStrategy.NONE,
                false,
                openApi.path("description").asString(""));
    }

    /// Upstream's pruning passes by the unknown fields of the elements of a list that preserves them
    /// (`schema/pruning/algorithm.go`, `skipPrune`).
    private static Schema list(JsonNode openApi, boolean preserves) {
        List<String> keys = new ArrayList<>();
        openApi.path("x-kubernetes-list-map-keys").values().forEach(key -> keys.add(key.asString("")));
        ListType.Kind type = switch (openApi.path("x-kubernetes-list-type").asString("")) {
            case "map" -> ListType.Kind.MAP;
            case "set" -> ListType.Kind.SET;
            default -> ListType.Kind.ATOMIC;
        };
        JsonNode items = openApi.path("items");
        return new ListSchema(
                items.isObject() ? of(items, preserves || preserves(items)) : AnySchema.DEDUCED, type, keys);
    }

    private static boolean isAtomic(JsonNode openApi) {
        return openApi.path("x-kubernetes-map-type").asString("").equals("atomic");
    }
}
