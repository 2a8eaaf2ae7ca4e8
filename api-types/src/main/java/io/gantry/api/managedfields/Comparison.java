package io.gantry.api.managedfields;

import io.gantry.api.schema.AnySchema;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// What changed between two objects (upstream `typed.Comparison`).
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
    private static final Comparator<JsonNode> BY_VALUE = Comparison::compareScalars;

    /// Compares two objects of one schema.
    static Comparison of(Schema schema, JsonNode left, JsonNode right) {
        Place root = new Place(null, "");
        root.fields(schema, left, right);
        return new Comparison(root.added.set(), root.modified.set(), root.removed.set());
    }

    /// Without the named root fields.
    Comparison without(Iterable<String> fields) {
        return new Comparison(added.without(fields), modified.without(fields), removed.without(fields));
    }

    /// Equal as JSON: a number is the same whatever Java type holds it.
    private static boolean sameValue(JsonNode left, JsonNode right) {
        return left.equals(right) || left.equals(BY_VALUE, right);
    }

    private static int compareScalars(JsonNode left, JsonNode right) {
        if (left.equals(right)) {
            return 0;
        }
        return left.isNumber() && right.isNumber() ? Double.compare(left.doubleValue(), right.doubleValue()) : 1;
    }

    /// The part of a set that is at one place, made when something is put there.
    private static final class Part {
        private final @Nullable Part parent;
        private final String element;
        private @Nullable FieldSet set;

        Part(@Nullable Part parent, String element) {
            this.parent = parent;
            this.element = element;
        }

        FieldSet set() {
            FieldSet known = set;
            if (known == null) {
                known = parent == null ? new FieldSet() : parent.set().below(element);
                set = known;
            }
            return known;
        }
    }

    /// A place in both objects, and what was found there.
    private static final class Place {
        private final Part added;
        private final Part modified;
        private final Part removed;

        Place(@Nullable Place parent, String element) {
            this.added = new Part(parent == null ? null : parent.added, element);
            this.modified = new Part(parent == null ? null : parent.modified, element);
            this.removed = new Part(parent == null ? null : parent.removed, element);
        }

        private void compare(Schema schema, String element, @Nullable JsonNode left, @Nullable JsonNode right) {
            boolean deduced = schema instanceof AnySchema && !schema.atomic();
            if (deduced && left != null && right != null && changesForm(schema, element, left, right)) {
                return;
            }
            Shape shape = Shape.of(schema, left, right);
            boolean bothEmpty = (left == null || left.isEmpty()) && (right == null || right.isEmpty());
            if (shape == Shape.LEAF || bothEmpty) {
                leaf(element, left, right);
                return;
            }
            JsonNode before = left == null ? NullNode.getInstance() : left;
            JsonNode after = right == null ? NullNode.getInstance() : right;
            Place below = new Place(this, element);
            if (shape == Shape.MAP) {
                below.fields(schema, before, after);
            } else {
                below.items((ListSchema) schema, before, after);
            }
            if (left == null) {
                added.set().insert(element);
            } else if (right == null) {
                removed.set().insert(element);
            }
        }

        /// What has no schema and becomes a map, or was one: it is compared as what it was and as what it is
        /// (upstream `compareWalker`, `deduceAtom`).
        private boolean changesForm(Schema schema, String element, JsonNode left, JsonNode right) {
            if (left.isNull() || right.isNull() || left.isObject() == right.isObject()) {
                return false;
            }
            JsonNode none = NullNode.getInstance();
            new Place(this, element).fields(schema, left.isObject() ? left : none, right.isObject() ? right : none);
            leaf(element, left, right);
            return true;
        }

        private void leaf(String element, @Nullable JsonNode left, @Nullable JsonNode right) {
            if (left == null) {
                added.set().insert(element);
            } else if (right == null) {
                removed.set().insert(element);
            } else if (!sameValue(left, right)) {
                modified.set().insert(element);
            }
        }

        private void fields(Schema schema, JsonNode left, JsonNode right) {
            for (Map.Entry<String, JsonNode> entry : left.properties()) {
                String key = entry.getKey();
                JsonNode other = right.get(key);
                if (other == null || !other.equals(entry.getValue())) {
                    compare(Shape.child(schema, key), PathElements.field(key), entry.getValue(), other);
                }
            }
            for (Map.Entry<String, JsonNode> entry : right.properties()) {
                String key = entry.getKey();
                if (!left.has(key)) {
                    compare(Shape.child(schema, key), PathElements.field(key), null, entry.getValue());
                }
            }
        }

        private void items(ListSchema schema, JsonNode left, JsonNode right) {
            if (left.isEmpty() && right.size() == 1) {
                JsonNode only = right.get(0);
                compare(schema.items(), PathElements.item(schema, only), null, only);
                return;
            }
            Map<String, List<JsonNode>> before = index(schema, left);
            Map<String, List<JsonNode>> after = index(schema, right);
            Set<String> elements = new LinkedHashSet<>(before.keySet());
            elements.addAll(after.keySet());
            for (String element : elements) {
                item(
                        schema.items(),
                        element,
                        before.getOrDefault(element, List.of()),
                        after.getOrDefault(element, List.of()));
            }
        }

        /// Items with the same key are compared as one.
        private void item(Schema schema, String element, List<JsonNode> before, List<JsonNode> after) {
            if (before.equals(after)) {
                return;
            }
            if (before.size() <= 1 && after.size() <= 1) {
                compare(schema, element, first(before), first(after));
            } else if (before.size() >= 2 && after.size() >= 2) {
                modified.set().insert(element);
            } else if (before.size() >= 2) {
                if (!after.isEmpty()) {
                    compare(schema, element, null, first(after));
                }
                removed.set().insert(element);
            } else {
                if (!before.isEmpty()) {
                    compare(schema, element, first(before), null);
                }
                added.set().insert(element);
            }
        }
    }

    private static @Nullable JsonNode first(List<JsonNode> items) {
        return items.isEmpty() ? null : items.getFirst();
    }

    private static Map<String, List<JsonNode>> index(ListSchema schema, JsonNode list) {
        Map<String, List<JsonNode>> index = new LinkedHashMap<>();
        for (JsonNode item : list.values()) {
            index.computeIfAbsent(PathElements.item(schema, item), e -> new ArrayList<>(1))
                    .add(item);
        }
        return index;
    }
}
