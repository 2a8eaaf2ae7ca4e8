package io.gantry.apiserver.objects;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The objects of the cluster as the watch caches have them. Thread-safe; loads a cache on first use, which blocks, and
/// never blocks afterwards. What it returns is the caller's own copy.
public interface ObjectReader {
    /// One object.
    ///
    /// @param namespace empty for cluster-scoped kinds
    Optional<ObjectNode> get(Kind<?> kind, String namespace, String name);

    /// As [#get], for somebody who only looks: what it returns may be shared, and nobody may change it.
    default Optional<ObjectNode> look(Kind<?> kind, String namespace, String name) {
        return get(kind, namespace, name);
    }

    /// All objects of a namespace, or of all namespaces when it is empty, in key order.
    List<ObjectNode> list(Kind<?> kind, String namespace);

    /// As [#list], for somebody who only looks.
    default List<ObjectNode> lookAll(Kind<?> kind, String namespace) {
        return list(kind, namespace);
    }

    /// The labels of an object; empty when there is none. Reads nothing else of it where that is known.
    default Map<String, String> labels(Kind<?> kind, String namespace, String name) {
        return look(kind, namespace, name)
                .map(object -> Trees.map(object, "metadata", "labels"))
                .orElse(Map.of());
    }

    /// Tells a listener all objects now, before it returns, and every change from then on, in order, on one thread at a
    /// time. Never ends.
    void watch(Kind<?> kind, ObjectListener listener);

    /// As [#watch(Kind, ObjectListener)] for a listener that looks at a few fields: the trees may lack all others.
    ///
    /// @param paths of what it looks at, such as `spec.nodeName`
    default void watch(Kind<?> kind, List<String> paths, ObjectListener listener) {
        watch(kind, listener);
    }

    /// [#get] as a record.
    default <T extends KubernetesObject> Optional<T> read(Kind<T> kind, String namespace, String name) {
        return get(kind, namespace, name).map(tree -> Json.MAPPER.treeToValue(tree, kind.type()));
    }

    /// [#list] as records.
    default <T extends KubernetesObject> List<T> readAll(Kind<T> kind, String namespace) {
        return list(kind, namespace).stream()
                .map(tree -> Json.MAPPER.treeToValue(tree, kind.type()))
                .toList();
    }
}
