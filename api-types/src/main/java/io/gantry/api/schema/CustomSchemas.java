package io.gantry.api.schema;

import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.schema.ScalarSchema.Type;
import io.gantry.api.schema.annotation.ListType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Turns a structural OpenAPI v3 schema of a CRD into a [Schema]. What only validates is in [ValueRules].
final class CustomSchemas {
    private static final String GO_OBJECT = "map[string]interface {}";
    private static final StructSchema METADATA = RecordSchemas.of(ObjectMeta.class);

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
        JsonNode metadata = openApi.path("properties").path("metadata");
        return new StructSchema(
                "",
                GO_OBJECT,
                isAtomic(openApi),
                preserves,
                wholeObject,
                () -> fields(openApi, wholeObject),
                wholeObject && hasDefaults(metadata) ? declaredMetadata(metadata) : null);
    }

    private static boolean hasDefaults(JsonNode openApi) {
        return openApi.has("default") || openApi.valueStream().anyMatch(CustomSchemas::hasDefaults);
    }

    /// What a definition says of the metadata of an object inside: the defaults of fields that metadata has.
    private static StructSchema declaredMetadata(JsonNode openApi) {
        return new StructSchema("", GO_OBJECT, false, true, false, () -> {
            Map<String, Field> fields = fields(openApi, false);
            fields.keySet().retainAll(METADATA.fields().keySet());
            fields.replaceAll((name, field) -> withDefault(field, defaultInMetadata(name, field.defaultValue())));
            return fields;
        });
    }

    private static @Nullable JsonNode defaultInMetadata(String name, @Nullable JsonNode value) {
        return value == null ? null : conformed(METADATA, name, value);
    }

    private static Map<String, Field> fields(JsonNode openApi, boolean wholeObject) {
        Map<String, Field> fields = new LinkedHashMap<>();
        JsonNode properties = openApi.path("properties");
        if (wholeObject) {
            fields.put("apiVersion", ofGo("apiVersion", ScalarSchema.of(Type.STRING), properties));
            fields.put("kind", ofGo("kind", ScalarSchema.of(Type.STRING), properties));
            fields.put("metadata", ofGo("metadata", METADATA, properties));
        }
        List<String> required = new ArrayList<>();
        openApi.path("required").values().forEach(name -> required.add(name.asString("")));
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (!fields.containsKey(property.getKey())) {
                fields.put(
                        property.getKey(),
                        field(property.getKey(), property.getValue(), required.contains(property.getKey())));
            }
        }
        return fields;
    }

    /// A field of a whole object that has Go's type, whatever the definition says of it.
    private static Field ofGo(String name, Schema schema, JsonNode properties) {
        JsonNode constant = defaultOf(schema, properties.path(name));
        return new Field(name, schema, false, false, constant, MergeStrategy.NONE, false, false, "");
    }

    private static Field withDefault(Field field, @Nullable JsonNode value) {
        return new Field(
                field.name(),
                field.schema(),
                field.required(),
                field.nullable(),
                value,
                field.merge(),
                field.emptyIsWritten(),
                field.zeroIsAbsent(),
                field.description());
    }

    private static Field field(String name, JsonNode openApi, boolean required) {
        Schema schema = of(openApi);
        return new Field(
                name,
                schema,
                required,
                openApi.path("nullable").asBoolean(false),
                defaultOf(schema, openApi),
                MergeStrategy.NONE,
                false,
                false,
                openApi.path("description").asString(""));
    }

    /// A default as it is filled in: without what its schema does not know (upstream `schema/defaulting/prune.go`).
    private static @Nullable JsonNode defaultOf(Schema schema, JsonNode openApi) {
        JsonNode value = openApi.get("default");
        if (value == null || !value.isContainer()) {
            return value;
        }
        Field alone = new Field("value", schema, false, true, null, MergeStrategy.NONE, false, false, "");
        return conformed(
                new StructSchema("", GO_OBJECT, false, false, false, () -> Map.of("value", alone)), "value", value);
    }

    /// A field's value as decoding leaves it, null where it has no place there.
    private static @Nullable JsonNode conformed(StructSchema struct, String field, JsonNode value) {
        ObjectNode holder = JsonNodeFactory.instance.objectNode();
        holder.set(field, value.deepCopy());
        try {
            new Conformer(false, true).conform(struct, holder);
        } catch (DecodeException unfit) {
            return null;
        }
        return holder.get(field);
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
