package io.gantry.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store of its own for each test, and how the tests of the contract write and show what it holds.
abstract class OpenedStore {
    protected Store store;

    /// A new, empty store.
    protected abstract Store open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected final long create(String key, String value) {
        return assertInstanceOf(WriteResult.Committed.class, store.create(key, bytes(value), 0))
                .revision();
    }

    protected static Optional<Entry> only(RangeResult result) {
        assertEquals(1, result.entries().size());
        return Optional.of(result.entries().getFirst());
    }

    protected static List<String> keys(RangeResult result) {
        return result.entries().stream().map(Entry::key).toList();
    }

    protected static String show(WriteResult result) {
        return switch (result) {
            case WriteResult.Committed committed -> "committed " + committed.revision();
            case WriteResult.Conflict conflict -> "conflict " + show(conflict.current()) + " at " + conflict.revision();
        };
    }

    protected static String show(Optional<Entry> entry) {
        return entry.map(e ->
                        e.key() + "=" + text(e) + " created " + e.createRevision() + " modified " + e.modRevision())
                .orElse("none");
    }

    protected static String text(Entry entry) {
        return new String(entry.value(), UTF_8);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
