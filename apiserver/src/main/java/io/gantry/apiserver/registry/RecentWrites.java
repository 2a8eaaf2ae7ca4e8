package io.gantry.apiserver.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// What writes of this server know about the values they handed to the store, so that the cache need not parse them
/// again when the store's event comes. Keyed by the value's identity; a few thousand at most, the newest win. A store
/// that is elsewhere gives other arrays, and nothing is found. Thread-safe.
final class RecentWrites {
    private static final int SLOTS = 2048;

    /// @param value as given to the store
    @SuppressWarnings("ArrayRecordComponent")
    record Known(byte[] value, Map<String, String> labels, Map<String, String> fields) {}

    private final AtomicReferenceArray<Known> slots = new AtomicReferenceArray<>(SLOTS);

    void remember(Known known) {
        slots.setRelease(slot(known.value()), known);
    }

    /// Takes what is known out: an event comes once.
    @SuppressWarnings("ReferenceEquality")
    Optional<Known> take(byte[] value) {
        int slot = slot(value);
        Known known = slots.getAcquire(slot);
        if (known == null || known.value() != value) {
            return Optional.empty();
        }
        slots.compareAndSet(slot, known, null);
        return Optional.of(known);
    }

    private static int slot(byte[] value) {
        int hash = System.identityHashCode(value);
        return (hash ^ hash >>> 11) & SLOTS - 1;
    }
}
