package io.gantry.api.rules;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One changed field of an object.
final class FieldChange {
    private FieldChange() {}

    /// @param path names of fields and places in lists; what is not there is made
    /// @param value missing where the field is taken away
    static ObjectNode apply(ObjectNode base, ArrayNode path, JsonNode value) {
        ObjectNode object = base.deepCopy();
        JsonNode at = object;
        for (int i = 0; i < path.size() - 1; i++) {
            at = child(at, path.get(i), path.get(i + 1).isNumber());
        }
        JsonNode last = path.get(path.size() - 1);
        switch (at) {
            case ArrayNode list when value.isMissingNode() -> list.remove(last.asInt());
            case ArrayNode list -> {
                fill(list, last.asInt());
                list.set(last.asInt(), value);
            }
            case ObjectNode fields when value.isMissingNode() -> fields.remove(last.asString());
            case ObjectNode fields -> fields.set(last.asString(), value);
            default -> throw new IllegalStateException("no container at " + path);
        }
        return object;
    }

    private static JsonNode child(JsonNode at, JsonNode step, boolean isList) {
        if (at instanceof ArrayNode list) {
            fill(list, step.asInt());
            return list.get(step.asInt());
        }
        ObjectNode fields = (ObjectNode) at;
        if (!fields.path(step.asString()).isContainer()) {
            fields.set(step.asString(), isList ? fields.arrayNode() : fields.objectNode());
        }
        return fields.get(step.asString());
    }

    private static void fill(ArrayNode list, int last) {
        while (list.size() <= last) {
            list.addObject();
        }
    }
}
