package io.gantry.api.managedfields;

import io.gantry.api.decode.UnreadObject;
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
    private static final Comparator<String> ORDER = FieldSet::compare;

    /// What is known of one path element: whether the path ends here, and what goes on below.
    private static final class Node {
        private boolean member;
        private @Nullable FieldSet children;

        private boolean isEmpty() {
            return !member && (children == null || children.isEmpty());
        }

        @SuppressWarnings("ReferenceEquality") // the very same set needs no look
        private boolean isWithin(Node other) {
            return (!member || other.member)
                    && (children == null
                            || children == other.children
                            || other.children != null && children.isWithin(other.children));
        }
    }

    private final TreeMap<String, Node> nodes;
    /// What [#toJson] gave; empty when that is no text.
    private @Nullable String text;

    FieldSet() {
        this(new TreeMap<>(ORDER));
    }

    private FieldSet(TreeMap<String, Node> nodes) {
        this.nodes = nodes;
    }

    private static int compare(String left, String right) {
        int kinds = left.charAt(0) == right.charAt(0) ? 0 : kindOrder(left) - kindOrder(right);
        return kinds == 0 ? left.compareTo(right) : kinds;
    }

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
        text = null;
        nodes.computeIfAbsent(element, e -> new Node()).member = true;
    }

    /// The set below an element, made when absent.
    FieldSet below(String element) {
        text = null;
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
        if (nodes.isEmpty()) {
            return other;
        }
        if (other.isWithin(this)) {
            return this;
        }
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

    private boolean isWithin(FieldSet other) {
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Node theirs = other.nodes.get(entry.getKey());
            if (theirs == null ? !entry.getValue().isEmpty() : !entry.getValue().isWithin(theirs)) {
                return false;
            }
        }
        return true;
    }

    /// Paths of this set that are not in `other`; this set itself when none is.
    @SuppressWarnings("ReferenceEquality") // the same set says that nothing changed
    FieldSet difference(FieldSet other) {
        FieldSet result = this;
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Node ours = entry.getValue();
            Node theirs = other.nodes.get(entry.getKey());
            Node left = theirs == null ? ours : difference(ours, theirs);
            if (left != ours) {
                result = result == this ? new FieldSet(new TreeMap<>(nodes)) : result;
                if (left.isEmpty()) {
                    result.nodes.remove(entry.getKey());
                } else {
                    result.nodes.put(entry.getKey(), left);
                }
            }
        }
        return result;
    }

    @SuppressWarnings("ReferenceEquality") // the same set says that nothing changed
    private static Node difference(Node ours, Node theirs) {
        boolean member = ours.member && !theirs.member;
        FieldSet children = ours.children == null || theirs.children == null
                ? ours.children
                : ours.children.difference(theirs.children);
        if (member == ours.member && children == ours.children) {
            return ours;
        }
        Node left = new Node();
        left.member = member;
        left.children = children;
        return left;
    }

    /// Without some fields and everything below them.
    ///
    /// @param fields names, with dots between those of several levels
    FieldSet without(Iterable<String> fields) {
        FieldSet result = this;
        for (String field : fields) {
            result = result.without(field);
        }
        return result;
    }

    @SuppressWarnings("ReferenceEquality") // the same set says that nothing changed
    private FieldSet without(String path) {
        int dot = path.indexOf('.');
        String element = "f:" + (dot < 0 ? path : path.substring(0, dot));
        Node node = nodes.get(element);
        if (node == null) {
            return this;
        }
        Node left = new Node();
        if (dot >= 0) {
            FieldSet children = node.children;
            left.member = node.member;
            left.children = children == null ? null : children.without(path.substring(dot + 1));
            if (left.children == children) {
                return this;
            }
        }
        FieldSet result = copy();
        if (left.isEmpty()) {
            result.nodes.remove(element);
        } else {
            result.nodes.put(element, left);
        }
        return result;
    }

    /// Every path, as conflicts show it: `.spec.containers[name="a"].image`. What ends at a place comes
    /// before what goes on below it (upstream `fieldpath.Set.Iterate`).
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        nodes.forEach((element, node) -> {
            if (node.member) {
                paths.add(prefix + PathElements.show(element));
            }
        });
        nodes.forEach((element, node) -> {
            if (node.children != null) {
                node.children.collect(prefix + PathElements.show(element), paths);
            }
        });
    }

    /// Visits each element with whether it is a member and what is below.
    void forEach(Visitor visitor) {
        nodes.forEach((element, node) -> visitor.visit(element, node.member, node.children));
    }

    interface Visitor {
        void visit(String element, boolean member, @Nullable FieldSet children);
    }

    /// As `fieldsV1`; the set must be finished.
    ObjectNode toJson() {
        String known = text;
        if (known == null) {
            known = FieldSetText.write(this);
            text = known;
        }
        return known.length() > "{}".length() ? UnreadObject.of(known) : tree();
    }

    private ObjectNode tree() {
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
                value.setAll(children.tree());
            }
            json.set(entry.getKey(), value);
        }
        return json;
    }

    /// From `fieldsV1`.
    ///
    /// @throws IllegalArgumentException when it is malformed
    static FieldSet fromJson(JsonNode json) {
        return UnreadObject.text(json).map(FieldSetText::read).orElseGet(() -> read(json));
    }

    /// The same from a tree, whatever it knows of its text.
    static FieldSet read(JsonNode json) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            String element = entry.getKey();
            if (element.equals(".")) {
                continue;
            }
            check(element);
            JsonNode value = entry.getValue();
            if (value.isEmpty() || value.has(".")) {
                set.insert(element);
            }
            if (!value.isEmpty()) {
                set.put(element, read(value));
            }
        }
        return set;
    }

    /// @throws IllegalArgumentException when it is no path element
    static void check(String element) {
        if (element.length() < 2 || element.charAt(1) != ':' || "fkvi".indexOf(element.charAt(0)) < 0) {
            throw new IllegalArgumentException("unknown path element type: " + element);
        }
    }

    /// Puts a finished set below an element, if it has anything.
    void put(String element, FieldSet children) {
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
        return other == this || other instanceof FieldSet set && toJson().equals(set.toJson());
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
