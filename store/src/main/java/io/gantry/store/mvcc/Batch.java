package io.gantry.store.mvcc;

import io.gantry.store.Entry;
import io.gantry.store.StoreEvent;
import io.gantry.store.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Writes decided one after the other, each seeing those before it, to be made durable together. Does no I/O itself
/// save
/// through the lookup it is given.
final class Batch {
    private static final byte[] NO_VALUE = {};

    private final Function<String, Optional<Entry>> stored;
    private final List<Change> changes = new ArrayList<>();
    private final List<StoreEvent> events = new ArrayList<>();
    private final Map<String, Optional<Entry>> pending = new HashMap<>();
    private long revision;
    private long bytes;

    /// @param stored the durable entry of a key
    Batch(long revision, Function<String, Optional<Entry>> stored) {
        this.revision = revision;
        this.stored = stored;
    }

    WriteResult decide(Mutation mutation, long nowMillis) {
        Optional<Entry> current = pending.getOrDefault(mutation.key(), Optional.empty());
        if (current.isEmpty() && !pending.containsKey(mutation.key())) {
            current = stored.apply(mutation.key());
        }
        if (!holds(mutation, current)) {
            return new WriteResult.Conflict(current, revision);
        }
        revision++;
        switch (mutation) {
            case Mutation.Create(String key, byte[] value, long ttl) ->
                put(new Entry(key, value, revision, revision), current, expiry(ttl, nowMillis));
            case Mutation.Update(String key, byte[] value, long expected, long ttl) ->
                put(
                        new Entry(key, value, current.orElseThrow().createRevision(), revision),
                        current,
                        expiry(ttl, nowMillis));
            case Mutation.Delete(String key, long expected) -> remove(key, current.orElseThrow());
        }
        return new WriteResult.Committed(revision);
    }

    List<Change> changes() {
        return changes;
    }

    List<StoreEvent> events() {
        return events;
    }

    long revision() {
        return revision;
    }

    /// Size of the values so far.
    long bytes() {
        return bytes;
    }

    private static boolean holds(Mutation mutation, Optional<Entry> current) {
        return switch (mutation) {
            case Mutation.Create create -> current.isEmpty();
            case Mutation.Update update ->
                current.isPresent() && current.get().modRevision() == update.expectedRevision();
            case Mutation.Delete delete ->
                current.isPresent() && current.get().modRevision() == delete.expectedRevision();
        };
    }

    private void put(Entry entry, Optional<Entry> previous, long expiresAtMillis) {
        Version version = new Version(entry.createRevision(), entry.modRevision(), false, expiresAtMillis);
        changes.add(new Change(entry.key(), version, entry.value()));
        events.add(new StoreEvent.Put(entry, previous));
        pending.put(entry.key(), Optional.of(entry));
        bytes += entry.value().length;
    }

    private void remove(String key, Entry previous) {
        changes.add(new Change(key, new Version(previous.createRevision(), revision, true, 0), NO_VALUE));
        events.add(new StoreEvent.Delete(key, revision, previous));
        pending.put(key, Optional.empty());
    }

    private static long expiry(long ttlSeconds, long nowMillis) {
        return ttlSeconds == 0 ? 0 : nowMillis + ttlSeconds * 1000;
    }
}
