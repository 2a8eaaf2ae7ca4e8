package io.gantry.controllermanager.common;

import io.gantry.client.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What a controller has done and its cache has not shown yet (upstream `ControllerExpectations`): until it has, the
/// controller does not create or delete again. Expectations run out after five minutes, so that a lost event cannot
/// block an object for ever. Thread-safe.
public final class Expectations {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final class Pending {
        int creations;
        final Set<ObjectKey> deletions = new HashSet<>();
        Instant since = Instant.EPOCH;
    }

    private final Clock clock;
    private final Map<ObjectKey, Pending> pending = new HashMap<>();

    public Expectations(Clock clock) {
        this.clock = clock;
    }

    /// The owner is about to create so many; call before the requests.
    public synchronized void expectCreations(ObjectKey owner, int count) {
        if (count > 0) {
            pending(owner).creations += count;
        }
    }

    /// The owner is about to delete these; call before the requests.
    public synchronized void expectDeletions(ObjectKey owner, Collection<ObjectKey> objects) {
        if (!objects.isEmpty()) {
            pending(owner).deletions.addAll(objects);
        }
    }

    /// A creation was seen, or failed.
    public synchronized void creationSeen(ObjectKey owner) {
        Pending known = pending.get(owner);
        if (known != null && known.creations > 0) {
            known.creations--;
            dropIfMet(owner, known);
        }
    }

    /// A deletion was seen, or failed.
    public synchronized void deletionSeen(ObjectKey owner, ObjectKey object) {
        Pending known = pending.get(owner);
        if (known != null && known.deletions.remove(object)) {
            dropIfMet(owner, known);
        }
    }

    /// Whether the cache shows all that the owner did, or it has waited long enough.
    public synchronized boolean met(ObjectKey owner) {
        Pending known = pending.get(owner);
        if (known == null) {
            return true;
        }
        if (Duration.between(known.since, clock.instant()).compareTo(TIMEOUT) > 0) {
            pending.remove(owner);
            return true;
        }
        return false;
    }

    /// The owner is gone.
    public synchronized void forget(ObjectKey owner) {
        pending.remove(owner);
    }

    private Pending pending(ObjectKey owner) {
        Pending entry = pending.computeIfAbsent(owner, k -> new Pending());
        entry.since = clock.instant();
        return entry;
    }

    private void dropIfMet(ObjectKey owner, Pending known) {
        if (known.creations == 0 && known.deletions.isEmpty()) {
            pending.remove(owner);
        }
    }
}
