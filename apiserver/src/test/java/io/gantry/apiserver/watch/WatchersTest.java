package io.gantry.apiserver.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A watcher that wants one value of a field sees objects come to it, change and leave.
final class WatchersTest {
    private static final WatchCache.Indexer INDEXER = new WatchCache.Indexer() {
        @Override
        public CachedObject index(String key, byte[] stored, long revision) {
            String node = new String(stored, StandardCharsets.UTF_8);
            return new CachedObject(
                    key, stored, revision, new Description.Known(Map.of(), Map.of("spec.nodeName", node)));
        }

        @Override
        public CachedObject deleted(CachedObject last, long revision) {
            return last.with(last.json(), revision);
        }
    };

    private static final class Recorder implements WatchSink {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void event(EventType type, CachedObject object) {
            seen.add(type + " " + object.key());
        }

        @Override
        public void progress(long revision) {}

        @Override
        public void restarted() {}
    }

    private static Selection ofNode(String node) {
        return new Selection(
                "",
                object -> object.fields().get("spec.nodeName").equals(node),
                true,
                List.of(new Demand(false, "spec.nodeName", List.of(node))));
    }

    @Test
    void eachSeesWhatItSelects() {
        try (MemoryStore store = new MemoryStore();
                CacheFeed feed = new CacheFeed(store)) {
            feed.start();
            WatchCache cache = feed.cache("/registry/pods/", INDEXER);
            cache.load();
            Map<String, Recorder> recorders = Map.of("a", new Recorder(), "b", new Recorder());
            List<Watcher> watchers = new ArrayList<>();
            recorders.forEach(
                    (node, recorder) -> watchers.add(cache.watchFromNow(ofNode(node), recorder, snapshot -> {})));
            Recorder everything = new Recorder();
            watchers.add(cache.watchFromNow(Selection.all(), everything, snapshot -> {}));
            put(store, "a", 0);
            put(store, "a", revision(store));
            put(store, "b", revision(store));
            put(store, "c", revision(store));
            put(store, "b", revision(store));
            store.delete("/registry/pods/ns/pod", revision(store));
            Awaitility.await().until(() -> everything.seen.size() == 6);
            assertEquals(List.of("ADDED ns/pod", "MODIFIED ns/pod", "DELETED ns/pod"), recorders.get("a").seen);
            assertEquals(
                    List.of("ADDED ns/pod", "DELETED ns/pod", "ADDED ns/pod", "DELETED ns/pod"),
                    recorders.get("b").seen);
            watchers.forEach(Watcher::close);
        }
    }

    private static long revision(MemoryStore store) {
        return store.get("/registry/pods/ns/pod").orElseThrow().modRevision();
    }

    private static void put(MemoryStore store, String node, long expected) {
        byte[] value = node.getBytes(StandardCharsets.UTF_8);
        if (expected == 0) {
            store.create("/registry/pods/ns/pod", value, 0);
        } else {
            store.update("/registry/pods/ns/pod", value, expected, 0);
        }
    }
}
