package io.gantry.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.store.Store;
import io.gantry.store.StoreContract;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WatchListener;
import io.gantry.store.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real etcd.
final class EtcdStoreTest extends StoreContract {
    @TempDir
    private Path directory;

    private Optional<EtcdCluster> etcd = Optional.empty();

    @Override
    protected Store open() throws Exception {
        etcd = Optional.of(EtcdCluster.start(directory.resolve("contract"), 1));
        return EtcdStore.connect(etcd.get().options());
    }

    @AfterEach
    void stopEtcd() {
        etcd.ifPresent(EtcdCluster::close);
    }

    @Test
    void aWatchGoesOnWhenEtcdComesBack() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (EtcdCluster restarted = EtcdCluster.start(directory.resolve("restarted"), 1);
                Store store = EtcdStore.connect(restarted.options());
                Store.Watch watch = store.watch("/", 0, new Keys(seen))) {
            store.create("/a", "1".getBytes(UTF_8), 0);
            restarted.kill(0);
            restarted.restart(0);
            await().atMost(Duration.ofSeconds(60)).until(() -> created(store, "/b"));
            await().atMost(Duration.ofSeconds(60)).until(() -> seen.contains("/b"));
            assertEquals(List.of("/a", "/b"), seen);
        }
    }

    @Test
    void serversThatShareEtcdCompactItTogether() throws Exception {
        EtcdOptions often =
                new EtcdOptions(etcd.orElseThrow().options().endpoints(), Optional.empty(), Duration.ofMillis(300));
        try (Store one = EtcdStore.connect(often);
                Store two = EtcdStore.connect(often)) {
            one.create("/a", "1".getBytes(UTF_8), 0);
            one.update("/a", "2".getBytes(UTF_8), 2, 0);
            await().atMost(Duration.ofSeconds(20)).until(() -> two.compactedRevision() > 3);
            assertTrue(one.sizeBytes().orElseThrow() > 0);
            assertEquals("2", new String(two.get("/a").orElseThrow().value(), UTF_8));
        }
    }

    private static boolean created(Store store, String key) {
        try {
            return store.create(key, new byte[1], 0) instanceof WriteResult.Committed
                    || store.get(key).isPresent();
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private record Keys(List<String> seen) implements WatchListener {
        @Override
        public void onEvents(List<StoreEvent> events) {
            events.forEach(event -> seen.add(event.key()));
        }

        @Override
        public void onClosed(StoreException cause) {
            throw new AssertionError(cause);
        }
    }
}
