package io.gantry.apiserver.endpoint;

import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How upstream shows a strategic merge patch.
final class GoWords {
    private GoWords() {}

    /// A tree as Go prints its maps (`%+v`): `map[a:1 b:[x y]]`.
    static String map(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                yield sorted.entrySet().stream()
                        .map(field -> field.getKey() + ":" + map(field.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
            }
            case ARRAY -> node.values().stream().map(GoWords::map).collect(Collectors.joining(" ", "[", "]"));
            case NULL, MISSING -> "<nil>";
            case STRING -> node.stringValue();
            default -> node.toString();
        };
    }
}
