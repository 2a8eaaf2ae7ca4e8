package io.gantry.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.store.CompactedException;
import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.Store;
import io.gantry.store.StoreContract;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WriteResult;
import io.gantry.store.mvcc.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest extends StoreContract {
    @TempDir
    private Path directory;

    @Override
    protected Store open() {
        return EmbeddedStore.open(directory.resolve("contract"), failure -> {});
    }

    @Test
    void aReopenedStoreGoesOn() {
        Path path = directory.resolve("reopened");
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            store.create("/a", "1".getBytes(UTF_8), 0);
            store.update("/a", "2".getBytes(UTF_8), 2, 0);
            store.create("/b", "1".getBytes(UTF_8), 0);
            store.delete("/b", 4);
            store.compact(3);
            assertTrue(store.sizeBytes().orElseThrow() > 0);
        }
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            assertEquals(5, store.currentRevision());
            assertEquals(3, store.compactedRevision());
            Entry a = store.get("/a").orElseThrow();
            assertArrayEquals("2".getBytes(UTF_8), a.value());
            assertEquals(2, a.createRevision());
            assertEquals(Optional.empty(), store.get("/b"));
            assertEquals(
                    2, store.range(Range.prefix("/").withRevision(4)).entries().size());
            assertThrows(
                    CompactedException.class,
                    () -> store.range(Range.prefix("/").withRevision(2)));
            assertEquals(new WriteResult.Committed(6), store.create("/b", new byte[0], 0));
        }
    }

    @Test
    void revisionsGoOnAfterEverythingWasDeletedAndCompacted() {
        Path path = directory.resolve("empty");
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            store.create("/a", new byte[10], 0);
            store.delete("/a", 2);
            store.compact(3);
        }
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            assertEquals(3, store.currentRevision());
            assertEquals(List.of(), store.range(Range.prefix("/")).entries());
        }
    }

    @Test
    void keysExpireAfterARestart() {
        Path path = directory.resolve("expiry");
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            store.create("/a", new byte[10], 1);
        }
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            Awaitility.await().until(() -> store.get("/a").isEmpty());
        }
    }

    @Test
    void oldRevisionsAreCompactedByAge() {
        Retention brief = new Retention(Duration.ofMillis(500), 1_000);
        try (Store store = EmbeddedStore.open(directory.resolve("age"), brief, InstantSource.system(), failure -> {})) {
            store.create("/a", new byte[10], 0);
            for (int i = 2; i < 20; i++) {
                store.update("/a", new byte[10], i, 0);
            }
            Awaitility.await().until(() -> store.compactedRevision() == 20);
            assertEquals(20, store.get("/a").orElseThrow().modRevision());
        }
    }

    @Test
    void oldRevisionsAreCompactedByCount() {
        Retention few = new Retention(Duration.ofHours(1), 100);
        try (Store store = EmbeddedStore.open(directory.resolve("count"), few, InstantSource.system(), failure -> {})) {
            store.create("/a", new byte[10], 0);
            for (int i = 2; i < 1_000; i++) {
                assertInstanceOf(WriteResult.Committed.class, store.update("/a", new byte[10], i, 0));
            }
            assertTrue(store.compactedRevision() > 800);
        }
    }

    @Test
    void aSecondOwnerIsRefusedByName() {
        Path path = directory.resolve("locked");
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            StoreUnavailableException refused =
                    assertThrows(StoreUnavailableException.class, () -> EmbeddedStore.open(path, failure -> {}));
            assertTrue(
                    String.valueOf(refused.getMessage())
                            .contains("in use by process "
                                    + ProcessHandle.current().pid()),
                    refused.getMessage());
        }
        EmbeddedStore.open(path, failure -> {}).close();
    }

    @Test
    void aCopyHoldsWhatWasThere() {
        Path copy = directory.resolve("copy");
        try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("original"), failure -> {})) {
            store.create("/a", "1".getBytes(UTF_8), 0);
            store.copyTo(copy);
            store.create("/b", "1".getBytes(UTF_8), 0);
        }
        try (Store store = EmbeddedStore.open(copy, failure -> {})) {
            assertEquals(2, store.currentRevision());
            assertTrue(store.get("/a").isPresent());
        }
    }

    /// Some 40 MB are several files of the write-ahead log, of which the last is written over an older one.
    @Test
    void aCopyEndsWhereItWasMadeThoughItsLogIsUsedAgain() {
        int writes = 600;
        Path copy = directory.resolve("copy");
        try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("original"), failure -> {})) {
            for (int i = 0; i < writes; i++) {
                store.create("/" + i, new byte[64 << 10], 0);
            }
            store.copyTo(copy);
            store.create("/later", new byte[1], 0);
        }
        try (Store store = EmbeddedStore.open(copy, failure -> {})) {
            assertEquals(1 + writes, store.currentRevision());
            assertEquals(writes, store.range(Range.prefix("/")).entries().size());
        }
    }

    @Test
    void aClosedStoreRefuses() {
        Store store = EmbeddedStore.open(directory.resolve("closed"), failure -> {});
        store.close();
        store.close();
        assertThrows(StoreUnavailableException.class, () -> store.get("/a"));
        assertThrows(StoreUnavailableException.class, () -> store.create("/a", new byte[0], 0));
    }
}
