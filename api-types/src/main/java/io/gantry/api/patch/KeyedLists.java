package io.gantry.api.patch;

import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Lists of maps that are matched by a merge key.
final class KeyedLists {
    private KeyedLists() {}

    /// The original with the patch's elements merged, added, deleted (`$patch: delete`) or replacing all
    /// (`$patch: replace`).
    static ArrayNode merge(ArrayNode original, ArrayNode patch, String mergeKey, BinaryOperator<ObjectNode> mergeMaps) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        boolean replace = false;
        for (JsonNode element : patch) {
            JsonNode directive = element.get(StrategicMergePatch.DIRECTIVE);
            switch (directive == null ? "" : directive.asString("?")) {
                case "" -> changes.add(element);
                case "delete" -> {
                    JsonNode value = key(element, mergeKey);
                    original.removeIf(old -> value.equals(old.get(mergeKey)));
                }
                case "replace" -> replace = true;
                case "merge" -> throw PatchException.malformed("merging lists cannot yet be specified in the patch");
                default -> throw StrategicMergePatch.badDirective(element.path(StrategicMergePatch.DIRECTIVE), element);
            }
        }
        if (replace) {
            return changes;
        }
        ArrayNode oldOrder = JsonNodeFactory.instance.arrayNode().addAll(original);
        mergeElements(original, changes, mergeKey, mergeMaps);
        return ElementOrder.of(original, changes, oldOrder, mergeKey);
    }

    private static void mergeElements(
            ArrayNode original, ArrayNode changes, String mergeKey, BinaryOperator<ObjectNode> mergeMaps) {
        for (JsonNode change : changes) {
            int at = ElementOrder.find(original, key(change, mergeKey), mergeKey);
            if (at < 0) {
                original.add(change);
            } else if (original.get(at) instanceof ObjectNode old && change instanceof ObjectNode changed) {
                original.set(at, mergeMaps.apply(old, changed));
            }
        }
    }

    static JsonNode key(JsonNode element, String mergeKey) {
        JsonNode value = element.get(mergeKey);
        if (value == null) {
            throw PatchException.malformed("map: " + element + " does not contain declared merge key: " + mergeKey);
        }
        return value;
    }
}
