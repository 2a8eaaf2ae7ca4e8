package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.Json;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Nodes and pods as the caches have them. Thread-safe; may block until a cache is loaded.
record ClusterObjects(ResourceStorage nodeStorage, ResourceStorage podStorage) {
    private static final String RUNNING = "Running";

    List<CachedObject> nodes(Selection selection) {
        return selected(nodeStorage, selection);
    }

    Optional<CachedObject> node(String name) {
        return one(nodeStorage, name);
    }

    /// Those that run on a node.
    List<CachedObject> running(Selection selection) {
        return selected(podStorage, selection).stream()
                .filter(ClusterObjects::isRunning)
                .toList();
    }

    Optional<CachedObject> pod(String namespace, String name) {
        return one(podStorage, ResourceStorage.key(namespace, name));
    }

    static boolean isRunning(CachedObject pod) {
        return RUNNING.equals(pod.fields().get("status.phase")) && !nodeOf(pod).isEmpty();
    }

    /// The node that a pod is on; empty for none.
    static String nodeOf(CachedObject pod) {
        return pod.fields().getOrDefault("spec.nodeName", "");
    }

    static JsonNode tree(CachedObject object) {
        return Json.MAPPER.readTree(object.json());
    }

    private static List<CachedObject> selected(ResourceStorage storage, Selection selection) {
        storage.cache().load();
        List<CachedObject> found = new ArrayList<>();
        for (CachedObject object : storage.cache().snapshot().objects().range(selection.prefix(), selection.prefix())) {
            if (selection.test(object)) {
                found.add(object);
            }
        }
        return found;
    }

    private static Optional<CachedObject> one(ResourceStorage storage, String key) {
        storage.cache().load();
        return Optional.ofNullable(storage.cache().get(key));
    }
}
