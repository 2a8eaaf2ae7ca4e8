package io.gantry.api.decode;

import io.gantry.api.StatusException;
import io.gantry.api.json.GoNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Decodes request bodies, with limits on depth and size.
public final class Bodies {
    /// Containers inside containers, in JSON and YAML.
    public static final int MAX_DEPTH = 500;

    private static final String OBJECT = "couldn't get version/kind; json parse error: ";

    private Bodies() {}

    /// One JSON object.
    ///
    /// @throws StatusException 400 when the bytes are no JSON, or not an object
    public static Body json(byte[] bytes) {
        List<String> strict = new ArrayList<>();
        JsonNode tree = JsonTrees.read(bytes, strict, OBJECT);
        return new Body(object(tree), strict, false, target -> StrictFields.of(bytes, target));
    }

    /// A merge patch or a strategic merge patch; null is one that changes nothing, where it is taken.
    ///
    /// @param task what a refusal says first
    /// @throws StatusException 400 when the bytes are no JSON, or not an object
    public static Body patch(byte[] bytes, String task, boolean takesNull) {
        List<String> strict = new ArrayList<>();
        JsonNode tree = JsonTrees.read(bytes, strict, task);
        if (tree.isNull()) {
            if (!takesNull) {
                throw StatusException.badRequest("Invalid JSON Patch");
            }
            tree = JsonNodeFactory.instance.objectNode();
        }
        if (!(tree instanceof ObjectNode object)) {
            throw StatusException.badRequest(
                    task + "json: cannot unmarshal " + type(tree) + " into Go value of type map[string]interface {}");
        }
        return new Body(object, strict, false, target -> StrictFields.of(bytes, target));
    }

    /// An object that was written by us or by a store of ours: whole, and no field twice.
    public static ObjectNode stored(byte[] bytes) {
        return (ObjectNode) JsonTrees.trusted(bytes);
    }

    /// One YAML document (JSON is YAML too) that is an object. Whole numbers are integers however they are written:
    /// upstream makes JSON of it first.
    ///
    /// @throws StatusException 400 when the bytes are no YAML, more than one document, or not an object
    public static Body yaml(byte[] bytes) {
        List<String> strict = new ArrayList<>();
        return new Body(object(GoNumbers.canonical(yamlTree(bytes, strict))), strict, true, target -> List.of());
    }

    /// Any JSON value, e.g. a JSON patch.
    ///
    /// @param task what a refusal says first
    /// @throws StatusException 400 when the bytes are no JSON
    public static JsonNode jsonValue(byte[] bytes, String task) {
        return JsonTrees.read(bytes, new ArrayList<>(), task);
    }

    /// What a value is in Go's words about what it cannot unmarshal.
    public static String type(JsonNode value) {
        return value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode yamlTree(byte[] bytes, List<String> strict) {
        if (startsAsJson(bytes)) {
            try {
                JsonNode tree = JsonTrees.read(bytes, strict, OBJECT);
                if (strict.isEmpty()) {
                    return tree;
                }
            } catch (StatusException notJson) {
                // read below, as the YAML that it may be
            }
            strict.clear();
        }
        return YamlTrees.read(bytes, strict);
    }

    private static boolean startsAsJson(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    private static ObjectNode object(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw StatusException.badRequest(OBJECT + "json: cannot unmarshal " + type(tree)
                + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
                + "Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }
}
