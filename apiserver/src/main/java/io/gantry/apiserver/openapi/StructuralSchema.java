package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A custom resource's schema as documents show it (upstream
/// `apiextensions-apiserver/pkg/controller/openapi`): v2 knows less, and what it cannot say is left open.
final class StructuralSchema {
    private static final String PRESERVES = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final Set<String> UNKNOWN_TO_V2 = Set.of("oneOf", "anyOf", "allOf", "not", "nullable", "default");
    private static final Set<String> SHAPE = Set.of("items", "properties");
    private static final String API_VERSION = "apiVersion defines the versioned schema of this representation of an"
            + " object. More info:"
            + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources";
    private static final String KIND = "kind is a string value representing the type of this object. In CamelCase."
            + " More info:"
            + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds";

    private final Dialect dialect;
    private final ObjectNode metadata;

    /// @param metadata the schema of a whole object's metadata
    StructuralSchema(Dialect dialect, ObjectNode metadata) {
        this.dialect = dialect;
        this.metadata = metadata;
    }

    /// Whether v2 says nothing but that it is an object: kubectl would refuse what it does not find.
    static boolean isOpen(ObjectNode schema) {
        return isTrue(schema, PRESERVES);
    }

    /// The schema in the dialect; a copy.
    ObjectNode write(ObjectNode schema) {
        ObjectNode copy = Json.MAPPER.createObjectNode();
        boolean v2 = dialect == Dialect.V2;
        boolean preserves = isTrue(schema, PRESERVES);
        boolean open = v2 && (preserves || isTrue(schema, "nullable"));
        for (Map.Entry<String, JsonNode> property : schema.properties()) {
            String name = property.getKey();
            if (!(v2 && UNKNOWN_TO_V2.contains(name)) && !(open && SHAPE.contains(name))) {
                copy.set(name, value(name, property.getValue()));
            }
        }
        if (v2) {
            withoutType(schema, copy);
            withoutNullable(schema, copy);
        } else if (isTrue(schema, INT_OR_STRING)) {
            unfold(copy);
        }
        if (isTrue(schema, EMBEDDED) && !(v2 && preserves)) {
            embed(copy);
        }
        return copy;
    }

    private JsonNode value(String name, JsonNode value) {
        if (value instanceof ObjectNode object && (name.equals("items") || name.equals("additionalProperties"))) {
            return write(object);
        }
        if (value instanceof ObjectNode object && name.equals("properties")) {
            ObjectNode properties = Json.MAPPER.createObjectNode();
            object.properties()
                    .forEach(each -> properties.set(
                            each.getKey(),
                            each.getValue() instanceof ObjectNode nested ? write(nested) : each.getValue()));
            return properties;
        }
        return value.isContainer() ? value.deepCopy() : value;
    }

    /// kubectl cannot cope with a type that it is told half of.
    private static void withoutType(ObjectNode schema, ObjectNode copy) {
        String type = copy.path("type").asString("");
        boolean half = type.equals("array") && !copy.has("items");
        if (isTrue(schema, "nullable") || half || type.equals("object") && isTrue(schema, PRESERVES)) {
            copy.remove("type");
        }
    }

    /// A field that may be null counts for v2 as one that may be absent.
    private static void withoutNullable(ObjectNode schema, ObjectNode copy) {
        if (copy.get("required") instanceof ArrayNode required) {
            required.removeIf(name -> schema.path("properties")
                    .path(name.asString(""))
                    .path("nullable")
                    .asBoolean(false));
            if (required.isEmpty()) {
                copy.remove("required");
            }
        }
    }

    /// Says what `x-kubernetes-int-or-string` means to those who do not know it.
    private static void unfold(ObjectNode copy) {
        JsonNode first = copy.path("allOf").path(0).path("anyOf");
        if (isEither(copy.path("anyOf")) || isEither(first)) {
            return;
        }
        if (!copy.has("anyOf")) {
            either(copy);
            return;
        }
        ArrayNode all = copy.get("allOf") instanceof ArrayNode present ? present : copy.putArray("allOf");
        either(all.insertObject(0));
    }

    private static boolean isEither(JsonNode anyOf) {
        return anyOf.size() == 2
                && anyOf.get(0).path("type").asString("").equals("integer")
                && anyOf.get(1).path("type").asString("").equals("string");
    }

    private static void either(ObjectNode node) {
        ArrayNode any = node.putArray("anyOf");
        any.addObject().put("type", "integer");
        any.addObject().put("type", "string");
    }

    private void embed(ObjectNode copy) {
        ObjectNode properties = copy.withObjectProperty("properties");
        properties.putObject("apiVersion").put("description", API_VERSION).put("type", "string");
        properties.putObject("kind").put("description", KIND).put("type", "string");
        properties.set("metadata", metadata.deepCopy());
        ArrayNode required = copy.get("required") instanceof ArrayNode present ? present : copy.putArray("required");
        for (String name : List.of("kind", "apiVersion")) {
            if (required.valueStream().noneMatch(each -> each.asString("").equals(name))) {
                required.add(name);
            }
        }
    }

    private static boolean isTrue(ObjectNode schema, String name) {
        return schema.path(name).asBoolean(false);
    }
}
