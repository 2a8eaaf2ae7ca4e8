package io.gantry.api.managedfields;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A set of field paths as a tree (upstream `fieldpath.Set`). Path elements are in their serialized form: `f:name`,
/// `k:{"name":"a"}`, `v:"x"`, `i:0`. Built up by its maker, then not changed; operations give new sets.
final class FieldSet {
    private static final Comparator<String> ORDER =
            Comparator.comparingInt(FieldSet::kindOrder).thenComparing(Comparator.naturalOrder());

    /// What is known of one path element: whether the path ends here, and what goes on below.
    private static final class Node {
        private boolean member;
        private @Nullable FieldSet children;

        private boolean isEmpty() {
            return !member && (children == null || children.isEmpty());
        }
    }

    private final TreeMap<String, Node> nodes = new TreeMap<>(ORDER);

    private static int kindOrder(String element) {
        return switch (element.charAt(0)) {
            case 'f' -> 0;
            case 'k' -> 1;
            case 'v' -> 2;
            default -> 3;
        };
    }

    boolean isEmpty() {
        for (Node node : nodes.values()) {
            if (!node.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    void insert(String element) {
        nodes.computeIfAbsent(element, e -> new Node()).member = true;
    }

    /// The set below an element, made when absent.
    FieldSet below(String element) {
        Node node = nodes.computeIfAbsent(element, e -> new Node());
        FieldSet children = node.children;
        if (children == null) {
            children = new FieldSet();
            node.children = children;
        }
        return children;
    }

    boolean has(String element) {
        Node node = nodes.get(element);
        return node != null && node.member;
    }

    /// The set below an element, or null when there is nothing.
    @Nullable
    FieldSet at(String element) {
        Node node = nodes.get(element);
        return node == null || node.children == null || node.children.isEmpty() ? null : node.children;
    }

    FieldSet union(FieldSet other) {
        FieldSet result = copy();
        for (Map.Entry<String, Node> entry : other.nodes.entrySet()) {
            if (entry.getValue().member) {
                result.insert(entry.getKey());
            }
            FieldSet theirs = entry.getValue().children;
            if (theirs != null && !theirs.isEmpty()) {
                FieldSet ours = result.at(entry.getKey());
                result.put(entry.getKey(), ours == null ? theirs : ours.union(theirs));
            }
        }
        return result;
    }

    FieldSet intersection(FieldSet other) {
        FieldSet result = new FieldSet();
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            String element = entry.getKey();
            if (entry.getValue().member && other.has(element)) {
                result.insert(element);
            }
            FieldSet ours = entry.getValue().children;
            FieldSet theirs = other.at(element);
            if (ours != null && theirs != null) {
                result.put(element, ours.intersection(theirs));
            }
        }
        return result;
    }

    /// Paths of this set that are not in `other`.
    FieldSet difference(FieldSet other) {
        FieldSet result = new FieldSet();
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            String element = entry.getKey();
            if (entry.getValue().member && !other.has(element)) {
                result.insert(element);
            }
            FieldSet ours = entry.getValue().children;
            if (ours != null) {
                FieldSet theirs = other.at(element);
                result.put(element, theirs == null ? ours : ours.difference(theirs));
            }
        }
        return result;
    }

    /// Without the named fields of this level and everything below them.
    FieldSet without(Iterable<String> fields) {
        FieldSet result = copy();
        fields.forEach(field -> result.nodes.remove("f:" + field));
        return result;
    }

    /// Every path, as conflicts show it: `.spec.containers[name="a"].image`.
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            String path = prefix + PathElements.show(entry.getKey());
            if (entry.getValue().member) {
                paths.add(path);
            }
            FieldSet children = entry.getValue().children;
            if (children != null) {
                children.collect(path, paths);
            }
        }
    }

    /// Visits each element with whether it is a member and what is below.
    void forEach(Visitor visitor) {
        nodes.forEach((element, node) -> visitor.visit(element, node.member, node.children));
    }

    interface Visitor {
        void visit(String element, boolean member, @Nullable FieldSet children);
    }

    /// As `fieldsV1`.
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Node node = entry.getValue();
            FieldSet children = node.children;
            boolean hasChildren = children != null && !children.isEmpty();
            if (!node.member && !hasChildren) {
                continue;
            }
            ObjectNode value = JsonNodeFactory.instance.objectNode();
            if (children != null && hasChildren) {
                if (node.member) {
                    value.set(".", JsonNodeFactory.instance.objectNode());
                }
                value.setAll(children.toJson());
            }
            json.set(entry.getKey(), value);
        }
        return json;
    }

    /// From `fieldsV1`.
    ///
    /// @throws IllegalArgumentException when it is malformed
    static FieldSet fromJson(JsonNode json) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String element = entry.getKey();
            if (element.equals(".")) {
                continue;
            }
            if (element.length() < 2 || element.charAt(1) != ':' || "fkvi".indexOf(element.charAt(0)) < 0) {
                throw new IllegalArgumentException("unknown path element type: " + element);
            }
            JsonNode value = entry.getValue();
            if (value.isEmpty() || value.has(".")) {
                set.insert(element);
            }
            if (!value.isEmpty()) {
                set.put(element, fromJson(value));
            }
        }
        return set;
    }

    private void put(String element, FieldSet children) {
        if (!children.isEmpty()) {
            nodes.computeIfAbsent(element, e -> new Node()).children = children;
        }
    }

    private FieldSet copy() {
        FieldSet copy = new FieldSet();
        nodes.forEach((element, node) -> {
            Node same = new Node();
            same.member = node.member;
            same.children = node.children;
            copy.nodes.put(element, same);
        });
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && toJson().equals(set.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
