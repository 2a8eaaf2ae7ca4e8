package io.gantry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/// What every [Store] promises; of watches in [StoreWatchContract].
public abstract class StoreContract extends StoreWatchContract {
    @Test
    void anEmptyStoreIsAtRevisionOne() {
        assertEquals(1, store.currentRevision());
        assertEquals(1, store.compactedRevision());
        assertEquals(Optional.empty(), store.get("/a"));
        assertEquals(new RangeResult(List.of(), 1, 0), store.range(Range.prefix("/")));
    }

    @Test
    void aKeyLives() {
        assertEquals(2, create("/a", "1"));
        assertEquals("/a=1 created 2 modified 2", show(store.get("/a")));
        assertEquals(new WriteResult.Committed(3), store.update("/a", bytes("2"), 2, 0));
        assertEquals("/a=2 created 2 modified 3", show(store.get("/a")));
        assertEquals(new WriteResult.Committed(4), store.delete("/a", 3));
        assertEquals(Optional.empty(), store.get("/a"));
        assertEquals(5, create("/a", "3"));
        assertEquals("/a=3 created 5 modified 5", show(store.get("/a")));
        assertEquals(5, store.currentRevision());
    }

    @Test
    void aWriteWhoseConditionFailsChangesNothing() {
        create("/a", "1");
        assertEquals("conflict /a=1 created 2 modified 2 at 2", show(store.create("/a", bytes("x"), 0)));
        assertEquals("conflict /a=1 created 2 modified 2 at 2", show(store.update("/a", bytes("x"), 1, 0)));
        assertEquals("conflict /a=1 created 2 modified 2 at 2", show(store.delete("/a", 9)));
        assertEquals("conflict none at 2", show(store.update("/b", bytes("x"), 2, 0)));
        assertEquals("conflict none at 2", show(store.delete("/b", 2)));
        assertEquals(2, store.currentRevision());
    }

    @Test
    void aKeyIsSeenAsItWasLeftBeforeItGoes() {
        create("/a", "1");
        assertEquals("conflict /a=1 created 2 modified 2 at 2", show(store.replaceAndDelete("/a", bytes("x"), 1)));
        assertEquals("conflict none at 2", show(store.replaceAndDelete("/b", bytes("x"), 2)));
        Recorder recorder = new Recorder();
        try (Store.Watch watch = store.watch("/", 3, recorder)) {
            assertEquals(new WriteResult.Committed(4), store.replaceAndDelete("/a", bytes("2"), 2));
            assertEquals(Optional.empty(), store.get("/a"));
            assertEquals(5, create("/a", "3"));
            recorder.awaitEvents(3);
        }
        assertEquals(List.of("put /a 3", "delete /a 4", "put /a 5"), recorder.words());
        StoreEvent.Put replaced = (StoreEvent.Put) recorder.events.getFirst();
        assertEquals("/a=2 created 2 modified 3", show(Optional.of(replaced.entry())));
        assertEquals("/a=1 created 2 modified 2", show(replaced.previous()));
        StoreEvent.Delete deleted = (StoreEvent.Delete) recorder.events.get(1);
        assertEquals("/a=2 created 2 modified 3", show(Optional.of(deleted.previous())));
    }

    @Test
    void rangesAreInKeyOrderAndLimited() {
        for (String key : List.of("/b/2", "/a/1", "/b/1", "/c/1", "/b/3", "/b0")) {
            create(key, key);
        }
        assertEquals(List.of("/b/1", "/b/2", "/b/3"), keys(store.range(Range.prefix("/b/"))));
        RangeResult first = store.range(Range.prefix("/b/").withLimit(2));
        assertEquals(List.of("/b/1", "/b/2"), keys(first));
        assertEquals(1, first.remaining());
        assertTrue(first.more());
        assertEquals(7, first.revision());
        RangeResult counted = store.range(Range.prefix("/").withLimit(1));
        assertEquals(5, counted.remaining());
    }

    @Test
    void pagesAtOneRevisionAreOneSnapshot() throws Exception {
        together(25, hundred -> {
            for (int i = 0; i < 100; i++) {
                create("/p/%04d".formatted(hundred * 100 + i), "old");
            }
        });
        List<Entry> seen = new ArrayList<>();
        RangeResult page = store.range(Range.prefix("/p/").withLimit(900));
        long revision = page.revision();
        for (int i = 0; i < 2_500; i += 100) {
            String key = "/p/%04d".formatted(i);
            long modified = store.get(key).orElseThrow().modRevision();
            assertInstanceOf(
                    WriteResult.Committed.class,
                    i % 200 == 0 ? store.delete(key, modified) : store.update(key, bytes("new"), modified, 0));
            create("/p/%04d+".formatted(i), "new");
        }
        seen.addAll(page.entries());
        while (page.more()) {
            page = store.range(Range.prefix("/p/")
                    .from(seen.getLast().key() + '\0')
                    .withLimit(900)
                    .withRevision(revision));
            assertEquals(revision, page.revision());
            seen.addAll(page.entries());
        }
        assertEquals(2_500, seen.size());
        assertTrue(seen.stream().allMatch(entry -> text(entry).equals("old")));
        assertEquals(2_500 - 13 + 25, store.range(Range.prefix("/p/")).entries().size());
    }

    @Test
    void aScanGivesWhatARangeGives() throws Exception {
        together(20, this::writeAtRandom);
        create("/t", "beside it");
        RangeResult range = store.range(Range.prefix("/s/"));
        Scan<String> scan = store.scan("/s/", entry -> show(Optional.of(entry)));
        assertEquals(range.revision(), scan.revision());
        assertEquals(
                range.entries().stream().map(entry -> show(Optional.of(entry))).toList(), scan.items());
        assertEquals(new Scan<>(List.of(), range.revision()), store.scan("/nothing/", entry -> entry));
        assertThrows(
                IllegalStateException.class,
                () -> store.scan("/s/", entry -> {
                    throw new IllegalStateException("the form's own");
                }));
    }

    /// 300 writes of one writer to keys of its own.
    private void writeAtRandom(int writer) {
        Random random = new Random(writer);
        for (int i = 0; i < 300; i++) {
            String key = "/s/%02d-%03d".formatted(writer, random.nextInt(250));
            Optional<Entry> there = store.get(key);
            if (there.isEmpty()) {
                create(key, "created " + i);
            } else if (random.nextInt(4) == 0) {
                store.delete(key, there.get().modRevision());
            } else {
                store.update(key, bytes("updated " + i), there.get().modRevision(), 0);
            }
        }
    }

    /// Runs writers at once: what they write is committed together, which is quicker than one after the other.
    private static void together(int writers, IntConsumer writer) throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int number = i;
                done.add(pool.submit(() -> writer.accept(number)));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
    }

    @Test
    void thePastCanBeReadAndTheFutureCannot() {
        create("/a", "1");
        store.update("/a", bytes("2"), 2, 0);
        store.delete("/a", 3);
        create("/b", "1");
        assertEquals(List.of(), store.range(Range.prefix("/").withRevision(1)).entries());
        assertEquals(
                "/a=1 created 2 modified 2",
                show(only(store.range(Range.prefix("/").withRevision(2)))));
        assertEquals(
                "/a=2 created 2 modified 3",
                show(only(store.range(Range.prefix("/").withRevision(3)))));
        assertEquals(List.of(), store.range(Range.prefix("/").withRevision(4)).entries());
        FutureRevisionException future = assertThrows(
                FutureRevisionException.class,
                () -> store.range(Range.prefix("/").withRevision(6)));
        assertEquals(5, future.revision());
    }

    @Test
    void compactionForgetsThePastOnly() {
        create("/a", "1");
        store.update("/a", bytes("2"), 2, 0);
        create("/b", "1");
        store.delete("/b", 4);
        store.update("/a", bytes("3"), 3, 0);
        store.compact(5);
        assertEquals(5, store.compactedRevision());
        CompactedException compacted = assertThrows(
                CompactedException.class, () -> store.range(Range.prefix("/").withRevision(3)));
        assertEquals(5, compacted.revision());
        assertEquals(
                "/a=2 created 2 modified 3",
                show(only(store.range(Range.prefix("/").withRevision(5)))));
        assertEquals("/a=3 created 2 modified 6", show(store.get("/a")));
        Recorder recorder = new Recorder();
        try (Store.Watch watch = store.watch("/", 5, recorder)) {
            recorder.awaitEvents(2);
            assertEquals(List.of("delete /b 5", "put /a 6"), recorder.words());
            assertEquals("1", text(((StoreEvent.Delete) recorder.events.getFirst()).previous()));
        }
        store.compact(3);
        assertEquals(5, store.compactedRevision());
        assertThrows(FutureRevisionException.class, () -> store.compact(1_000));
    }

    @Test
    void keysWithATimeToLiveGo() {
        Recorder recorder = new Recorder();
        try (Store.Watch watch = store.watch("/", 0, recorder)) {
            store.create("/short", bytes("1"), 1);
            store.create("/kept", bytes("1"), 1);
            assertEquals(new WriteResult.Committed(4), store.update("/kept", bytes("2"), 3, 0));
            recorder.awaitEvents(4);
        }
        StoreEvent.Delete gone = (StoreEvent.Delete) recorder.events.get(3);
        assertEquals("/short", gone.key());
        assertEquals("1", text(gone.previous()));
        assertEquals(Optional.empty(), store.get("/short"));
        assertEquals("/kept=2 created 3 modified 4", show(store.get("/kept")));
    }

    @Test
    void concurrentWritersNeverLoseAnUpdate() throws Exception {
        int writers = 8;
        int each = 40;
        create("/counter", "0");
        Recorder recorder = new Recorder();
        AtomicInteger conflicts = new AtomicInteger();
        try (Store.Watch watch = store.watch("/counter", 3, recorder)) {
            together(writers, writer -> {
                for (int i = 0; i < each; i++) {
                    increment(conflicts);
                }
            });
            recorder.awaitEvents(writers * each);
        }
        assertEquals(writers * each, Integer.parseInt(text(store.get("/counter").orElseThrow())));
        for (int i = 0; i < recorder.events.size(); i++) {
            StoreEvent.Put put = (StoreEvent.Put) recorder.events.get(i);
            assertEquals(i + 1, Integer.parseInt(text(put.entry())), "conflicts: " + conflicts);
            assertEquals(i, Integer.parseInt(text(put.previous().orElseThrow())));
        }
    }

    private void increment(AtomicInteger conflicts) {
        while (true) {
            Entry now = store.get("/counter").orElseThrow();
            byte[] next = bytes(Integer.toString(Integer.parseInt(text(now)) + 1));
            if (store.update("/counter", next, now.modRevision(), 0) instanceof WriteResult.Committed) {
                return;
            }
            conflicts.incrementAndGet();
        }
    }
}
