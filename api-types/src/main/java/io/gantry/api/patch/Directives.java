package io.gantry.api.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Cleans parts of a patch that become parts of an object.
final class Directives {
    private Directives() {}

    static boolean isDirective(JsonNode value) {
        return value instanceof ObjectNode object && object.has(StrategicMergePatch.DIRECTIVE);
    }

    /// Drops every map that holds a `$patch`, at any depth, and every other directive key.
    static JsonNode strip(JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                object.properties()
                        .removeIf(entry -> entry.getKey().startsWith("$retainKeys")
                                || entry.getKey().startsWith("$setElementOrder/")
                                || entry.getKey().startsWith("$deleteFromPrimitiveList/")
                                || isDirective(entry.getValue()));
                object.values().forEach(Directives::strip);
            }
            case ArrayNode array -> {
                array.removeIf(Directives::isDirective);
                array.values().forEach(Directives::strip);
            }
            default -> {}
        }
        return value;
    }

    /// Drops null fields, at any depth.
    static void discardNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(entry -> entry.getValue().isNull());
        }
        if (value.isContainer()) {
            value.values().forEach(Directives::discardNulls);
        }
    }
}
