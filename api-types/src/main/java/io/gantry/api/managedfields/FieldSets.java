package io.gantry.api.managedfields;

import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which fields a value sets.
final class FieldSets {
    private FieldSets() {}

    /// The fields of an object.
    static FieldSet of(Schema schema, JsonNode object) {
        FieldSet set = new FieldSet();
        addFields(schema, object, set);
        return set;
    }

    /// Adds what is below `element`, and `element` itself where it is a leaf.
    private static void add(Schema schema, JsonNode value, FieldSet parent, String element) {
        switch (Shape.of(schema, value, value)) {
            case LEAF -> parent.insert(element);
            case MAP -> {
                if (!value.isEmpty()) {
                    addFields(schema, value, parent.below(element));
                }
            }
            case LIST -> {
                if (!value.isEmpty()) {
                    addItems((ListSchema) schema, value, parent.below(element));
                }
            }
        }
    }

    private static void addFields(Schema schema, JsonNode object, FieldSet set) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String element = PathElements.field(entry.getKey());
            JsonNode value = entry.getValue();
            add(Shape.child(schema, entry.getKey()), value, set, element);
            boolean emptyMap = value.isNull() || value.isObject() && value.isEmpty();
            if (emptyMap || !Shape.isNamed(schema, entry.getKey())) {
                set.insert(element);
            }
        }
    }

    private static void addItems(ListSchema schema, JsonNode list, FieldSet set) {
        Set<String> seen = new HashSet<>();
        Set<String> duplicates = new HashSet<>();
        Map<Integer, String> elements = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String element = PathElements.item(schema, list.get(i));
            elements.put(i, element);
            if (!seen.add(element)) {
                duplicates.add(element);
            }
        }
        elements.forEach((i, element) -> {
            set.insert(element);
            if (!duplicates.contains(element)) {
                add(schema.items(), list.get(i), set, element);
            }
        });
    }

    /// With every declared field that has something below it as a member, so that it can be removed as a whole.
    static FieldSet withNamedFields(FieldSet set, Schema schema) {
        FieldSet result = new FieldSet();
        set.forEach((element, member, children) -> {
            boolean field = element.charAt(0) == 'f';
            String key = element.substring(2);
            if (member || children != null && field && Shape.isNamed(schema, key)) {
                result.insert(element);
            }
            if (children != null) {
                Schema below = field ? Shape.child(schema, key) : itemsOf(schema);
                copyInto(withNamedFields(children, below), result, element);
            }
        });
        return result;
    }

    private static void copyInto(FieldSet from, FieldSet into, String element) {
        FieldSet target = into.below(element);
        from.forEach((name, member, children) -> {
            if (member) {
                target.insert(name);
            }
            if (children != null) {
                copyInto(children, target, name);
            }
        });
    }

    private static Schema itemsOf(Schema schema) {
        return schema instanceof ListSchema list ? list.items() : schema;
    }

    /// The value without the fields of `removed`; null when nothing is left.
    static @Nullable JsonNode remove(Schema schema, JsonNode value, FieldSet removed) {
        return FieldRemoval.remove(schema, value, removed);
    }
}
