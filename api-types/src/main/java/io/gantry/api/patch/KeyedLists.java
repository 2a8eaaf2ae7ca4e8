package io.gantry.api.patch;

import io.gantry.api.json.GoValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
        Set<JsonNode> deleted = new HashSet<>();
        boolean replace = false;
        for (JsonNode element : patch) {
            JsonNode directive = element.get(StrategicMergePatch.DIRECTIVE);
            switch (directive == null ? "" : directive.asString("?")) {
                case "" -> changes.add(element);
                case "delete" -> deleted.add(key(element, mergeKey));
                case "replace" -> replace = true;
                case "merge" -> throw PatchException.unmergeable("merging lists cannot yet be specified in the patch");
                default -> throw StrategicMergePatch.badDirective(element.path(StrategicMergePatch.DIRECTIVE), element);
            }
        }
        if (replace) {
            return changes;
        }
        original.removeIf(old -> deleted.contains(old.path(mergeKey)));
        ArrayNode oldOrder = JsonNodeFactory.instance.arrayNode().addAll(original);
        mergeElements(original, changes, mergeKey, mergeMaps);
        return ElementOrder.of(original, changes, oldOrder, mergeKey);
    }

    private static void mergeElements(
            ArrayNode original, ArrayNode changes, String mergeKey, BinaryOperator<ObjectNode> mergeMaps) {
        Map<JsonNode, Integer> positions = new HashMap<>();
        for (int i = 0; i < original.size(); i++) {
            positions.putIfAbsent(original.get(i).path(mergeKey), i);
        }
        for (JsonNode change : changes) {
            JsonNode key = key(change, mergeKey);
            Integer at = positions.get(key);
            if (at == null) {
                positions.put(key, original.size());
                original.add(change);
            } else if (original.get(at) instanceof ObjectNode old && change instanceof ObjectNode changed) {
                original.set(at, mergeMaps.apply(old, changed));
            }
        }
    }

    static JsonNode key(JsonNode element, String mergeKey) {
        JsonNode value = element.get(mergeKey);
        if (value == null) {
            throw PatchException.unmergeable(
                    "map: " + GoValues.plain(element) + " does not contain declared merge key: " + mergeKey);
        }
        return value;
    }
}
