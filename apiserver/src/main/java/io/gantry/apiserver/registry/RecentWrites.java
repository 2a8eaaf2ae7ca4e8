package io.gantry.apiserver.registry;

import io.gantry.apiserver.watch.Description;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// What writes of this server know about the values they handed to the store, so that the cache need not parse them
/// again when the store's event comes. Keyed by the value's identity; a few thousand at most, the newest win. A store
/// that is elsewhere gives other arrays, and nothing is found. Thread-safe.
final class RecentWrites {
    private static final int SLOTS = 2048;

    /// @param value as given to the store
    @SuppressWarnings("ArrayRecordComponent")
    private record Written(byte[] value, Description.Known description) {}

    private final AtomicReferenceArray<Written> slots = new AtomicReferenceArray<>(SLOTS);

    /// @param value as given to the store
    void remember(byte[] value, Description.Known description) {
        slots.setRelease(slot(value), new Written(value, description));
    }

    /// Takes what is known out: an event comes once.
    @SuppressWarnings("ReferenceEquality")
    Optional<Description.Known> take(byte[] value) {
        int slot = slot(value);
        Written known = slots.getAcquire(slot);
        if (known == null || known.value() != value) {
            return Optional.empty();
        }
        slots.compareAndSet(slot, known, null);
        return Optional.of(known.description());
    }

    private static int slot(byte[] value) {
        int hash = System.identityHashCode(value);
        return (hash ^ hash >>> 11) & SLOTS - 1;
    }
}
