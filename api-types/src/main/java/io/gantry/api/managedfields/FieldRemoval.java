package io.gantry.api.managedfields;

import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes fields out of a value. The value stays as it is; the result may share parts with it.
final class FieldRemoval {
    private FieldRemoval() {}

    /// What is left, or null when nothing is.
    static @Nullable JsonNode remove(Schema schema, JsonNode value, FieldSet removed) {
        return switch (Shape.of(schema, value, value)) {
            case LEAF -> schema.atomic() ? null : value;
            case MAP -> fields(schema, value, removed);
            case LIST -> items((ListSchema) schema, value, removed);
        };
    }

    private static @Nullable ObjectNode fields(Schema schema, JsonNode object, FieldSet removed) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String element = PathElements.field(entry.getKey());
            if (removed.has(element)) {
                continue;
            }
            FieldSet below = removed.at(element);
            JsonNode value = entry.getValue();
            JsonNode kept = below == null ? value : remove(Shape.child(schema, entry.getKey()), value, below);
            if (kept != null) {
                left.set(entry.getKey(), kept);
            }
        }
        return left.isEmpty() ? null : left;
    }

    private static @Nullable ArrayNode items(ListSchema schema, JsonNode list, FieldSet removed) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list.values()) {
            String element = PathElements.item(schema, item);
            if (removed.has(element)) {
                continue;
            }
            FieldSet below = removed.at(element);
            JsonNode kept = below == null ? item : remove(schema.items(), item, below);
            if (kept != null) {
                left.add(kept);
            }
        }
        return left.isEmpty() ? null : left;
    }
}
