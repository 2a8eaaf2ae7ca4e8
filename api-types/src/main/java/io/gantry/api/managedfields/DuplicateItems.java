package io.gantry.api.managedfields;

import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import io.gantry.api.schema.annotation.ListType;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Items that a configuration has twice: whoever applies it cannot own both. Live objects may have them.
final class DuplicateItems {
    private DuplicateItems() {}

    /// Whether some associative list or set below a value has two items of one key.
    static boolean areIn(Schema schema, JsonNode value) {
        return switch (schema) {
            case StructSchema struct
            when value.isObject() ->
                value.propertyStream().anyMatch(entry -> {
                    var field = struct.field(entry.getKey());
                    return field != null && entry.getValue().isContainer() && areIn(field.schema(), entry.getValue());
                });
            case MapSchema map
            when value.isObject() ->
                value.valueStream().anyMatch(each -> each.isContainer() && areIn(map.values(), each));
            case ListSchema list
            when value.isArray() ->
                list.type() != ListType.Kind.ATOMIC && value.size() > 1 && hasTwice(list, value)
                        || value.valueStream().anyMatch(each -> each.isContainer() && areIn(list.items(), each));
            default -> false;
        };
    }

    private static boolean hasTwice(ListSchema list, JsonNode value) {
        Set<String> seen = new HashSet<>();
        try {
            return value.valueStream().anyMatch(item -> !seen.add(PathElements.item(list, item)));
        } catch (IllegalArgumentException nameless) {
            return false; // the merge tells of it
        }
    }
}
