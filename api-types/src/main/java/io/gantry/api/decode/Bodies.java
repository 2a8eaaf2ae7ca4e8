package io.gantry.api.decode;

import io.gantry.api.StatusException;
import io.gantry.api.json.GoNumbers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Decodes request bodies, with limits on depth and size.
public final class Bodies {
    /// Containers inside containers, in JSON and YAML.
    public static final int MAX_DEPTH = 500;

    private Bodies() {}

    /// One JSON object.
    ///
    /// @throws StatusException 400 when the bytes are no JSON, or not an object
    public static Body json(byte[] bytes) {
        List<String> strict = new ArrayList<>();
        return new Body(object(JsonTrees.read(bytes, strict)), strict, false, target -> StrictFields.of(bytes, target));
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
    /// @throws StatusException 400 when the bytes are no JSON
    public static JsonNode jsonValue(byte[] bytes) {
        return JsonTrees.read(bytes, new ArrayList<>());
    }

    private static JsonNode yamlTree(byte[] bytes, List<String> strict) {
        if (startsAsJson(bytes)) {
            try {
                JsonNode tree = JsonTrees.read(bytes, strict);
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
        throw StatusException.badRequest("couldn't get version/kind; json parse error: json: cannot unmarshal "
                + tree.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
                + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
                + "Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }
}
