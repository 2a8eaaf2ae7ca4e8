package io.gantry.apiserver.openapi;

import io.gantry.apiserver.objects.Trees;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts another server's part into a v2 document: the paths that it serves, and the definitions that they need. A
/// definition whose name means something else here gets another (`…_v2`), as upstream's aggregator does it. Pure.
final class DocumentMerge {
    private static final String REFERENCE = "$ref";
    private static final String DEFINITIONS = "#/definitions/";

    private final ObjectNode definitions;
    private final ObjectNode paths;

    /// @param document gets what is merged
    DocumentMerge(ObjectNode document) {
        paths = Trees.object(document, "paths");
        definitions = Trees.object(document, "definitions");
    }

    void add(ForeignDocument foreign) {
        ObjectNode mine = Trees.empty();
        for (Map.Entry<String, JsonNode> path : foreign.tree().path("paths").properties()) {
            if (foreign.serves(path.getKey()) && !paths.has(path.getKey())) {
                mine.set(path.getKey(), path.getValue());
            }
        }
        JsonNode theirs = foreign.tree().path("definitions");
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : needed(mine, theirs)) {
            names.put(name, free(name, theirs.path(name)));
        }
        mine.properties().forEach(path -> paths.set(path.getKey(), renamed(path.getValue(), names)));
        names.forEach((name, free) -> {
            if (!definitions.has(free)) {
                definitions.set(free, renamed(theirs.path(name), names));
            }
        });
    }

    /// The definitions that a tree refers to, also by others.
    private static Set<String> needed(JsonNode tree, JsonNode theirs) {
        Set<String> needed = new TreeSet<>();
        Deque<JsonNode> left = new ArrayDeque<>(List.of(tree));
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            Optional<String> name = reference(node);
            if (name.isPresent() && theirs.has(name.get()) && needed.add(name.get())) {
                left.push(theirs.path(name.get()));
            }
            node.forEach(left::push);
        }
        return needed;
    }

    private static Optional<String> reference(JsonNode node) {
        String text = node.path(REFERENCE).asString("");
        return text.startsWith(DEFINITIONS) ? Optional.of(text.substring(DEFINITIONS.length())) : Optional.empty();
    }

    /// The name itself where it is free or means the same here.
    private String free(String name, JsonNode meaning) {
        String free = name;
        for (int i = 2; definitions.has(free) && !definitions.path(free).equals(meaning); i++) {
            free = name + "_v" + i;
        }
        return free;
    }

    private static JsonNode renamed(JsonNode tree, Map<String, String> names) {
        JsonNode copy = tree.deepCopy();
        Deque<JsonNode> left = new ArrayDeque<>(List.of(copy));
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            Optional<String> name = reference(node);
            if (name.isPresent() && node instanceof ObjectNode object) {
                object.put(REFERENCE, DEFINITIONS + names.getOrDefault(name.get(), name.get()));
            }
            node.forEach(left::push);
        }
        return copy;
    }
}
