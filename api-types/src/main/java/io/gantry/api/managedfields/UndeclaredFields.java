package io.gantry.api.managedfields;

import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import io.gantry.api.schema.annotation.ListType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a configuration says that its schema does not know, in upstream's words for an apply, which names list items
/// by their keys. One per call.
final class UndeclaredFields {
    private final List<String> errors = new ArrayList<>();

    private UndeclaredFields() {}

    /// One error as it is, several below each other.
    static String describe(StructSchema root, JsonNode configuration) {
        UndeclaredFields found = new UndeclaredFields();
        found.walk(root, configuration, "");
        return found.errors.size() == 1 ? found.errors.getFirst() : "errors:\n  " + String.join("\n  ", found.errors);
    }

    private void walk(Schema schema, JsonNode node, String path) {
        switch (schema) {
            case StructSchema struct when node.isObject() -> struct(struct, node, path);
            case MapSchema map
            when node.isObject() ->
                node.properties().forEach(entry -> walk(map.values(), entry.getValue(), path + "." + entry.getKey()));
            case ListSchema list when node.isArray() -> items(list, node, path);
            default -> {}
        }
    }

    /// An item that cannot be named ends the list (upstream `visitListItems`).
    private void items(ListSchema list, JsonNode node, String path) {
        for (int i = 0; i < node.size(); i++) {
            String element;
            try {
                element = element(list, node.get(i), i);
            } catch (IllegalArgumentException nameless) {
                errors.add(path + ": element " + i + ": " + nameless.getMessage());
                return;
            }
            walk(list.items(), node.get(i), path + PathElements.show(element));
        }
    }

    private void struct(StructSchema struct, JsonNode node, String path) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String below = path + "." + entry.getKey();
            var field = struct.field(entry.getKey());
            if (field != null) {
                walk(field.schema(), entry.getValue(), below);
            } else if (!struct.preservesUnknown() && !struct.declaresNothing()) {
                errors.add(below + ": field not declared in schema");
            }
        }
    }

    private static String element(ListSchema list, JsonNode item, int index) {
        return list.type() == ListType.Kind.ATOMIC ? "i:" + index : PathElements.item(list, item);
    }
}
