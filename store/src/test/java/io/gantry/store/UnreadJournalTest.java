package io.gantry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gantry.store.mvcc.Change;
import io.gantry.store.mvcc.Journal;
import io.gantry.store.mvcc.MvccStore;
import io.gantry.store.mvcc.Retention;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Values are read from the journal only for those who ask for them.
class UnreadJournalTest {
    private final CountingJournal journal = new CountingJournal();

    @Test
    void updatesAndDeletesReadNoValueThoughChangesAreWatched() {
        try (Store store = store();
                Store.Watch watch = store.watchChanges("/", 2, new Recorder())) {
            store.create("/a", bytes("1"), 0);
            store.update("/a", bytes("2"), 2, 0);
            store.delete("/a", 3);
            Recorder later = new Recorder();
            try (Store.Watch behind = store.watchChanges("/", 2, later)) {
                later.awaitEvents(3);
            }
            assertEquals(List.of("put /a 2", "put /a 3", "delete /a 4"), later.words());
        }
        assertEquals(0, journal.reads.get());
    }

    @Test
    void aConflictStillTellsWhatIsThere() {
        try (Store store = store()) {
            store.create("/a", bytes("1"), 0);
            WriteResult.Conflict refused =
                    assertInstanceOf(WriteResult.Conflict.class, store.update("/a", bytes("2"), 99, 0));
            assertEquals("1", text(refused.current().orElseThrow().value()));
        }
        assertEquals(1, journal.reads.get());
    }

    @Test
    void aWatchWithPreviousValuesReadsThemItself() {
        Recorder recorder = new Recorder();
        try (Store store = store();
                Store.Watch watch = store.watch("/", 2, recorder)) {
            store.create("/a", bytes("1"), 0);
            store.update("/a", bytes("2"), 2, 0);
            store.delete("/a", 3);
            recorder.awaitEvents(3);
        }
        assertEquals(2, journal.reads.get());
        StoreEvent.Put put = assertInstanceOf(StoreEvent.Put.class, recorder.events.get(1));
        assertEquals("1", text(put.previous().orElseThrow().value()));
        StoreEvent.Delete delete = assertInstanceOf(StoreEvent.Delete.class, recorder.events.get(2));
        assertEquals("2", text(delete.previous().value()));
    }

    private Store store() {
        return new MvccStore(journal, Retention.DEFAULT, InstantSource.system(), failure -> {}) {};
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class CountingJournal implements Journal {
        private final AtomicInteger reads = new AtomicInteger();
        private final TreeMap<Long, Change> changes = new TreeMap<>();

        @Override
        public void replay(Consumer<Change.Header> visitor) {}

        @Override
        public long compactedRevision() {
            return 1;
        }

        @Override
        public synchronized void append(List<Change> added) {
            added.forEach(change -> changes.put(change.version().modRevision(), change));
        }

        @Override
        public synchronized Optional<byte[]> value(long revision) {
            reads.incrementAndGet();
            return Optional.ofNullable(changes.get(revision)).map(Change::value);
        }

        @Override
        public List<Change.Header> headers(long from, long to, int limit) {
            return List.of();
        }

        @Override
        public void compacted(long revision) {}

        @Override
        public void forget(List<Long> revisions) {}

        @Override
        public void close() {}
    }
}
