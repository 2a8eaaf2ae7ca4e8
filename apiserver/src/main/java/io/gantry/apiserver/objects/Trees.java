package io.gantry.apiserver.objects;

import io.gantry.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and builds object trees. A missing field reads as empty.
public final class Trees {
    private Trees() {}

    /// The node at a path; a missing node when there is none.
    public static JsonNode at(JsonNode tree, String... path) {
        JsonNode node = tree;
        for (String field : path) {
            node = node.path(field);
        }
        return node;
    }

    /// The text at a path, empty when there is none.
    public static String text(JsonNode tree, String... path) {
        JsonNode node = at(tree, path);
        return node.isString() ? node.stringValue() : node.isValueNode() && !node.isNull() ? node.asString() : "";
    }

    /// Whether the path holds `true`.
    public static boolean flag(JsonNode tree, String... path) {
        JsonNode node = at(tree, path);
        return node.isBoolean() && node.booleanValue();
    }

    public static String name(JsonNode object) {
        return text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return text(object, "metadata", "uid");
    }

    /// The elements of the list at a path.
    public static List<JsonNode> list(JsonNode tree, String... path) {
        List<JsonNode> elements = new ArrayList<>();
        at(tree, path).forEach(elements::add);
        return elements;
    }

    /// The objects in the list at a path.
    public static List<ObjectNode> objects(JsonNode tree, String... path) {
        List<ObjectNode> elements = new ArrayList<>();
        for (JsonNode element : at(tree, path)) {
            if (element instanceof ObjectNode object) {
                elements.add(object);
            }
        }
        return elements;
    }

    /// The texts in the list at a path.
    public static List<String> texts(JsonNode tree, String... path) {
        List<String> texts = new ArrayList<>();
        at(tree, path).forEach(element -> texts.add(element.asString("")));
        return texts;
    }

    /// The text values of the object at a path, in order.
    public static Map<String, String> map(JsonNode tree, String... path) {
        Map<String, String> map = new LinkedHashMap<>();
        at(tree, path)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        return map;
    }

    /// The object at a path, made where it is missing.
    public static ObjectNode object(ObjectNode tree, String... path) {
        ObjectNode node = tree;
        for (String field : path) {
            node = node.get(field) instanceof ObjectNode there ? there : node.putObject(field);
        }
        return node;
    }

    /// The array of a field, made where it is missing.
    public static ArrayNode array(ObjectNode parent, String field) {
        return parent.get(field) instanceof ArrayNode there ? there : parent.putArray(field);
    }

    public static ObjectNode empty() {
        return Json.MAPPER.createObjectNode();
    }

    /// A record as a tree.
    public static ObjectNode of(Object value) {
        return Json.MAPPER.valueToTree(value);
    }
}
