package io.gantry.api.schema;

import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Checks the defaults of a structural schema: each fits its own schema, has no field that would be pruned, and stands
/// where defaults may stand (upstream `pkg/apiserver/schema/defaulting/validation.go`).
final class SchemaDefaults {
    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");

    /// Makes the object inside (`x-kubernetes-embedded-resource`) whose part a value in its metadata is.
    private interface Surroundings {
        ObjectNode around(JsonNode value);

        static ObjectNode whole(JsonNode part) {
            ObjectNode object = part.isObject() ? (ObjectNode) part.deepCopy() : JsonNodeFactory.instance.objectNode();
            if (!object.has("kind")) {
                object.put("kind", "Validation");
            }
            return object.has("apiVersion") ? object : object.put("apiVersion", "validation/v1");
        }

        default Surroundings below(UnaryOperator<JsonNode> step) {
            return value -> around(step.apply(value));
        }
    }

    private SchemaDefaults() {}

    static void check(JsonNode root, String path, FieldErrors errors) {
        for (String name : List.of("metadata", "kind", "apiVersion")) {
            JsonNode property = root.path("properties").path(name);
            forbidden(property, "in top-level " + name, path + ".properties[" + name + "]", errors);
        }
        below(root, null, path, errors);
    }

    private static void forbidden(JsonNode schema, String why, String path, FieldErrors errors) {
        if (schema.has("default")) {
            errors.forbidden(path + ".default", "must not be set " + why);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            forbidden(property.getValue(), why, path + ".properties[" + property.getKey() + "]", errors);
        }
    }

    /// @param inMetadata what the schema is in, null outside of the metadata of objects inside
    private static void below(JsonNode schema, @Nullable Surroundings inMetadata, String path, FieldErrors errors) {
        JsonNode value = schema.get("default");
        if (value != null && !value.isNull()) {
            one(schema, value, inMetadata, path + ".default", errors);
        }
        boolean whole = isWhole(schema);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            Surroundings inside = whole ? META.contains(name) ? Surroundings::whole : null : inMetadata;
            below(
                    property.getValue(),
                    inside == null ? null : inside.below(part -> object(name, part)),
                    path + ".properties[" + name + "]",
                    errors);
        }
        if (schema.path("items").isObject()) {
            Surroundings inside = whole || inMetadata == null
                    ? null
                    : inMetadata.below(
                            element -> JsonNodeFactory.instance.arrayNode().add(element));
            below(schema.get("items"), inside, path + ".items", errors);
        }
    }

    private static boolean isWhole(JsonNode schema) {
        return schema.path("x-kubernetes-embedded-resource").asBoolean(false);
    }

    private static void one(
            JsonNode schema, JsonNode value, @Nullable Surroundings inMetadata, String path, FieldErrors errors) {
        FieldErrors whole = new FieldErrors();
        ValueRules rules = ValueRules.compile(schema);
        if (isWhole(schema) || inMetadata == null) {
            pruned(schema, value, path, errors);
            rules.validateEmbedded(value, path, whole);
            errors.addAll(whole);
        } else {
            EmbeddedObjects.check(inMetadata.around(value), "", whole);
            if (!whole.isEmpty()) {
                errors.invalid(path, value, "must result in valid metadata: " + aggregate(whole.all()));
            }
        }
        if (whole.isEmpty()) {
            rules.check(value, path, errors);
        }
    }

    /// As Go writes several errors as one.
    private static String aggregate(List<FieldError> errors) {
        return errors.size() == 1
                ? errors.getFirst().toString()
                : "[" + String.join(", ", errors.stream().map(Object::toString).toList()) + "]";
    }

    private static void pruned(JsonNode schema, JsonNode value, String path, FieldErrors errors) {
        ObjectNode around = JsonNodeFactory.instance.objectNode();
        around.put("type", "object").putObject("properties").set("value", schema);
        try {
            boolean clean = new Conformer(false, true)
                    .conform(CustomSchemas.part(around), object("value", value.deepCopy())).stream()
                            .noneMatch(UnknownField::pruned);
            if (!clean) {
                errors.invalid(path, value, "must not have unknown fields");
            }
        } catch (DecodeException unfit) {
            // Metadata that cannot be read: told by the rules of objects inside.
            return;
        }
    }

    private static ObjectNode object(String name, JsonNode value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set(name, value);
        return object;
    }
}
