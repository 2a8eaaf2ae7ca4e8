package io.gantry.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every [Store] promises of its watches.
abstract class StoreWatchContract extends OpenedStore {
    @Test
    void aWatchFromTheCompactedPastIsClosed() {
        create("/a", "1");
        store.update("/a", bytes("2"), 2, 0);
        store.update("/a", bytes("3"), 3, 0);
        store.compact(4);
        Recorder recorder = new Recorder();
        try (Store.Watch watch = store.watch("/", 2, recorder)) {
            assertEquals(
                    4,
                    assertInstanceOf(CompactedException.class, recorder.awaitClosed())
                            .revision());
            assertEquals(List.of(), recorder.events);
        }
    }

    @Test
    void aWatchTellsWhatHappensToItsPrefix() {
        create("/registry/pods/a/x", "before");
        Recorder now = new Recorder();
        Recorder past = new Recorder();
        try (Store.Watch fromNow = store.watch("/registry/pods/", 0, now);
                Store.Watch fromThen = store.watch("/registry/pods/", 2, past)) {
            create("/registry/podtemplates/a/x", "other");
            create("/registry/pods/a/y", "1");
            store.update("/registry/pods/a/y", bytes("2"), 4, 0);
            store.delete("/registry/pods/a/y", 5);
            now.awaitEvents(3);
            past.awaitEvents(4);
        }
        assertEquals(
                List.of("put /registry/pods/a/y 4", "put /registry/pods/a/y 5", "delete /registry/pods/a/y 6"),
                now.words());
        assertEquals("put /registry/pods/a/x 2", past.words().getFirst());
        StoreEvent.Put created = (StoreEvent.Put) now.events.getFirst();
        assertEquals(Optional.empty(), created.previous());
        StoreEvent.Put updated = (StoreEvent.Put) now.events.get(1);
        assertEquals("/registry/pods/a/y=2 created 4 modified 5", show(Optional.of(updated.entry())));
        assertEquals("/registry/pods/a/y=1 created 4 modified 4", show(updated.previous()));
        StoreEvent.Delete deleted = (StoreEvent.Delete) now.events.get(2);
        assertEquals("/registry/pods/a/y=2 created 4 modified 5", show(Optional.of(deleted.previous())));
    }

    @Test
    void aWatchMayStartInTheFuture() {
        Recorder recorder = new Recorder();
        try (Store.Watch watch = store.watch("/", 4, recorder)) {
            for (String key : List.of("/a", "/b", "/c", "/d")) {
                create(key, "1");
            }
            recorder.awaitEvents(2);
        }
        assertEquals(List.of("put /c 4", "put /d 5"), recorder.words());
    }

    @Test
    void aClosedWatchIsSilent() {
        Recorder closed = new Recorder();
        Recorder open = new Recorder();
        Store.Watch watch = store.watch("/", 0, closed);
        try (Store.Watch other = store.watch("/", 0, open)) {
            create("/a", "1");
            closed.awaitEvents(1);
            watch.close();
            create("/b", "1");
            open.awaitEvents(2);
        }
        assertEquals(List.of("put /a 2"), closed.words());
        assertEquals(Optional.empty(), closed.closed);
    }

    @Test
    void aListenerMayCloseItsOwnWatch() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Store.Watch[] watch = new Store.Watch[1];
        CountDownLatch started = new CountDownLatch(1);
        watch[0] = store.watch("/", 0, new WatchListener() {
            @Override
            public void onEvents(List<StoreEvent> events) {
                try {
                    started.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                watch[0].close();
                closed.countDown();
            }

            @Override
            public void onClosed(StoreException cause) {
                throw new AssertionError(cause);
            }
        });
        started.countDown();
        create("/a", "1");
        assertTrue(closed.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aSlowWatchDelaysNobodyAndMissesNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Recorder slow = new Recorder() {
            @Override
            public void onEvents(List<StoreEvent> delivered) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                super.onEvents(delivered);
            }
        };
        Recorder quick = new Recorder();
        try (Store.Watch slowWatch = store.watch("/", 0, slow);
                Store.Watch quickWatch = store.watch("/", 0, quick)) {
            int count = 300;
            for (int i = 0; i < count; i++) {
                create("/" + i, "x");
            }
            quick.awaitEvents(count);
            assertEquals(0, slow.events.size());
            release.countDown();
            slow.awaitEvents(count);
            assertEquals(quick.words(), slow.words());
        } finally {
            release.countDown();
        }
    }

    @Test
    void progressReachesTheNewestRevisionWithoutEvents() {
        Recorder recorder = new Recorder();
        try (Store.Watch watch = store.watch("/quiet/", 0, recorder)) {
            create("/loud/a", "1");
            long newest = create("/loud/b", "1");
            watch.requestProgress();
            await().atMost(Duration.ofSeconds(20)).until(() -> recorder.progress >= newest);
            assertEquals(List.of(), recorder.events);
        }
    }
}
