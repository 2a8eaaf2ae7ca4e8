package io.gantry.api.patch;

import io.gantry.api.json.GoValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The order of a merged list: elements the patch names come in the patch's order, the others in the server's, and
/// where both are known to the server its relative order decides how the two interleave.
final class ElementOrder {
    private ElementOrder() {}

    static ArrayNode of(ArrayNode merged, ArrayNode patchOrder, ArrayNode serverOrder, String mergeKey) {
        Map<JsonNode, Integer> patchIndex = index(patchOrder, mergeKey);
        Map<JsonNode, Integer> serverIndex = index(serverOrder, mergeKey);
        List<JsonNode> fromPatch = new ArrayList<>();
        List<JsonNode> serverOnly = new ArrayList<>();
        for (JsonNode element : merged) {
            (patchIndex.containsKey(identity(element, mergeKey)) ? fromPatch : serverOnly).add(element);
        }
        fromPatch.sort(Comparator.comparingInt(e -> position(patchIndex, e, mergeKey)));
        serverOnly.sort(Comparator.comparingInt(e -> position(serverIndex, e, mergeKey)));
        return interleave(serverOnly, fromPatch, serverIndex, mergeKey);
    }

    /// @throws io.gantry.api.StatusException 400 when the patch's elements come in another order than
    /// `$setElementOrder`
    static void requireSame(ArrayNode patch, ArrayNode order, String mergeKey) {
        if (patch.isEmpty() || order.isEmpty()) {
            return;
        }
        int at = 0;
        for (JsonNode element : patch) {
            if (Directives.isDirective(element)) {
                continue;
            }
            JsonNode wanted = identity(element, mergeKey);
            while (at < order.size() && !identity(order.get(at), mergeKey).equals(wanted)) {
                at++;
            }
            if (at == order.size()) {
                throw PatchException.unmergeable("The order in patch list:\n" + GoValues.plain(patch)
                        + "\n doesn't match $setElementOrder list:\n" + GoValues.plain(order) + "\n");
            }
            at++;
        }
    }

    private static ArrayNode interleave(
            List<JsonNode> serverOnly, List<JsonNode> fromPatch, Map<JsonNode, Integer> serverIndex, String mergeKey) {
        ArrayNode ordered = JsonNodeFactory.instance.arrayNode(serverOnly.size() + fromPatch.size());
        int left = 0;
        int right = 0;
        while (left < serverOnly.size() || right < fromPatch.size()) {
            boolean takeLeft = right == fromPatch.size()
                    || left < serverOnly.size()
                            && isBefore(serverOnly.get(left), fromPatch.get(right), serverIndex, mergeKey);
            ordered.add(takeLeft ? serverOnly.get(left++) : fromPatch.get(right++));
        }
        return ordered;
    }

    private static boolean isBefore(
            JsonNode left, JsonNode right, Map<JsonNode, Integer> serverIndex, String mergeKey) {
        Integer leftAt = serverIndex.get(identity(left, mergeKey));
        Integer rightAt = serverIndex.get(identity(right, mergeKey));
        return leftAt != null && rightAt != null && leftAt < rightAt;
    }

    private static Map<JsonNode, Integer> index(ArrayNode list, String mergeKey) {
        Map<JsonNode, Integer> index = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            index.putIfAbsent(identity(list.get(i), mergeKey), i);
        }
        return index;
    }

    private static int position(Map<JsonNode, Integer> index, JsonNode element, String mergeKey) {
        return index.getOrDefault(identity(element, mergeKey), Integer.MAX_VALUE);
    }

    private static JsonNode identity(JsonNode element, String mergeKey) {
        return mergeKey.isEmpty() ? element : KeyedLists.key(element, mergeKey);
    }
}
