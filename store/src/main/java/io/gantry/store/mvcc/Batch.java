package io.gantry.store.mvcc;

import io.gantry.store.Entry;
import io.gantry.store.StoreEvent;
import io.gantry.store.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes decided one after the other, each seeing those before it, to be made durable together. Does no I/O, save that
/// a refused write reads what is there through [Before]. The events come without what was there before
/// ([io.gantry.store.Store#watchChanges]).
final class Batch {
    private static final byte[] NO_VALUE = {};

    /// What is durable before the batch.
    interface Before {
        /// Empty when the key does not exist.
        Optional<Version> version(String key);

        /// Reads a version's value.
        Entry entry(String key, Version version);
    }

    private final Before before;
    private final List<Change> changes = new ArrayList<>();
    private final List<StoreEvent> events = new ArrayList<>();
    private final Map<String, Change> pending = new HashMap<>();
    private long revision;
    private long bytes;

    /// @param revision the newest one before the batch
    Batch(long revision, Before before) {
        this.revision = revision;
        this.before = before;
    }

    WriteResult decide(Mutation mutation, long nowMillis) {
        Optional<Version> current = current(mutation.key());
        if (!holds(mutation, current)) {
            return new WriteResult.Conflict(current.map(version -> entry(mutation.key(), version)), revision);
        }
        revision++;
        switch (mutation) {
            case Mutation.Create(String key, byte[] value, long ttl) ->
                put(new Entry(key, value, revision, revision), expiry(ttl, nowMillis));
            case Mutation.Update(String key, byte[] value, long expected, long ttl) ->
                put(new Entry(key, value, current.orElseThrow().createRevision(), revision), expiry(ttl, nowMillis));
            case Mutation.Delete(String key, long expected) -> remove(key, current.orElseThrow());
            case Mutation.ReplaceAndDelete(String key, byte[] value, long expected) -> {
                put(new Entry(key, value, current.orElseThrow().createRevision(), revision), 0);
                revision++;
                remove(key, current(key).orElseThrow());
            }
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

    private Optional<Version> current(String key) {
        Change change = pending.get(key);
        if (change == null) {
            return before.version(key);
        }
        return change.version().deleted() ? Optional.empty() : Optional.of(change.version());
    }

    private Entry entry(String key, Version version) {
        Change change = pending.get(key);
        return change == null
                ? before.entry(key, version)
                : new Entry(key, change.value(), version.createRevision(), version.modRevision());
    }

    private static boolean holds(Mutation mutation, Optional<Version> current) {
        return switch (mutation) {
            case Mutation.Create create -> current.isEmpty();
            case Mutation.Update update ->
                current.isPresent() && current.get().modRevision() == update.expectedRevision();
            case Mutation.ReplaceAndDelete last ->
                current.isPresent() && current.get().modRevision() == last.expectedRevision();
            case Mutation.Delete delete ->
                current.isPresent() && current.get().modRevision() == delete.expectedRevision();
        };
    }

    private void put(Entry entry, long expiresAtMillis) {
        Version version = new Version(entry.createRevision(), entry.modRevision(), false, expiresAtMillis);
        add(new Change(entry.key(), version, entry.value()), new StoreEvent.Put(entry, Optional.empty()));
        bytes += entry.value().length;
    }

    private void remove(String key, Version previous) {
        Version version = new Version(previous.createRevision(), revision, true, 0);
        Entry last = new Entry(key, NO_VALUE, previous.createRevision(), previous.modRevision());
        add(new Change(key, version, NO_VALUE), new StoreEvent.Delete(key, revision, last));
    }

    private void add(Change change, StoreEvent event) {
        changes.add(change);
        events.add(event);
        pending.put(change.key(), change);
    }

    private static long expiry(long ttlSeconds, long nowMillis) {
        return ttlSeconds == 0 ? 0 : nowMillis + ttlSeconds * 1000;
    }
}
