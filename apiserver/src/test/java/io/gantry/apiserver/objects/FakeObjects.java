package io.gantry.apiserver.objects;

import io.gantry.api.Json;
import io.gantry.api.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Objects in a map; listeners are told at once.
public final class FakeObjects implements ObjectReader {
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, List<ObjectListener>> listeners = new TreeMap<>();

    /// Puts an object given as JSON.
    public FakeObjects put(Kind<?> kind, String json) {
        ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(json);
        objects.put(key(kind, Trees.namespace(tree), Trees.name(tree)), tree);
        listeners.getOrDefault(kind.plural(), List.of()).forEach(listener -> listener.put(tree));
        return this;
    }

    /// Deletes an object that is there.
    public void delete(Kind<?> kind, String namespace, String name) {
        ObjectNode last =
                Optional.ofNullable(objects.remove(key(kind, namespace, name))).orElseThrow();
        listeners.getOrDefault(kind.plural(), List.of()).forEach(listener -> listener.deleted(last));
    }

    @Override
    public Optional<ObjectNode> get(Kind<?> kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(kind, namespace, name))).map(ObjectNode::deepCopy);
    }

    @Override
    public List<ObjectNode> list(Kind<?> kind, String namespace) {
        String prefix = kind.plural() + "|" + (namespace.isEmpty() ? "" : namespace + "|");
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> entry.getValue().deepCopy())
                .toList();
    }

    @Override
    public void watch(Kind<?> kind, ObjectListener listener) {
        listener.replaced(list(kind, ""));
        listeners.computeIfAbsent(kind.plural(), plural -> new ArrayList<>()).add(listener);
    }

    private static String key(Kind<?> kind, String namespace, String name) {
        return kind.plural() + "|" + (kind.namespaced() ? namespace : "") + "|" + name;
    }
}
