package io.gantry.api.managedfields;

import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes fields out of a value (upstream `typed/remove.go`). The value stays as it is; the result may share parts
/// with it.
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
            left.set(
                    entry.getKey(), within(Shape.child(schema, entry.getKey()), entry.getValue(), removed.at(element)));
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
            left.add(within(schema.items(), item, removed.at(element)));
        }
        return left.isEmpty() ? null : left;
    }

    /// A value that stays, without what is removed below it: what is emptied so stays empty.
    private static JsonNode within(Schema schema, JsonNode value, @Nullable FieldSet removed) {
        if (removed == null) {
            return value;
        }
        JsonNode left = remove(schema, value, removed);
        if (left != null) {
            return left;
        }
        return value.isArray() ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
    }
}
