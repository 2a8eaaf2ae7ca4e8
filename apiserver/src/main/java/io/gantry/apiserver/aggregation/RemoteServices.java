package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.Trees;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The group versions that other servers serve now, as the APIServices in the cache say. Thread-safe.
final class RemoteServices implements ObjectListener {
    private final AtomicLong generation = new AtomicLong();
    private final Runnable changed;

    /// By group and version; replaced, never changed.
    private volatile Map<String, RemoteService> all = Map.of();

    /// @param changed told after each change; must not block
    RemoteServices(Runnable changed) {
        this.changed = changed;
    }

    @Nullable
    RemoteService find(String group, String version) {
        return all.get(group + "/" + version);
    }

    Map<String, RemoteService> all() {
        return all;
    }

    /// Counts changes.
    long generation() {
        return generation.get();
    }

    @Override
    public synchronized void replaced(List<ObjectNode> objects) {
        Map<String, RemoteService> now = new HashMap<>();
        objects.forEach(object -> RemoteService.of(object).ifPresent(remote -> now.put(remote.groupVersion(), remote)));
        publish(now);
    }

    @Override
    public synchronized void put(ObjectNode object) {
        Map<String, RemoteService> now = new HashMap<>(all);
        now.remove(key(object));
        RemoteService.of(object).ifPresent(remote -> now.put(remote.groupVersion(), remote));
        publish(now);
    }

    @Override
    public synchronized void deleted(ObjectNode last) {
        Map<String, RemoteService> now = new HashMap<>(all);
        now.remove(key(last));
        publish(now);
    }

    private static String key(ObjectNode object) {
        return Trees.text(object, "spec", "group") + "/" + Trees.text(object, "spec", "version");
    }

    private void publish(Map<String, RemoteService> now) {
        if (!now.equals(all)) {
            all = Map.copyOf(now);
            generation.incrementAndGet();
            changed.run();
        }
    }
}
