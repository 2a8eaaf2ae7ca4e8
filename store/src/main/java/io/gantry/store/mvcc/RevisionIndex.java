package io.gantry.store.mvcc;

import io.gantry.component.VirtualThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/// The versions of every key, oldest first, in memory. One thread changes it; any thread reads it at a
/// revision that the changing thread has published. A key is found by its hash; its place in the order, which costs
/// several times as much, is looked for when somebody reads a range.
final class RevisionIndex {
    /// The versions of one key.
    private static final class Slot {
        private volatile Version[] versions;

        Slot(Version first) {
            this.versions = new Version[] {first};
        }

        void add(Version version) {
            versions = grown(versions, version);
        }
    }

    private final ConcurrentMap<String, Slot> keys = new ConcurrentHashMap<>();
    private final OrderedKeys ordered = new OrderedKeys(keys::containsKey);

    void add(String key, Version version) {
        Slot slot = keys.get(key);
        if (slot == null) {
            keys.put(key, new Slot(version));
            settleIf(ordered.add(key));
        } else {
            slot.add(version);
        }
    }

    private void settleIf(boolean wanted) {
        if (wanted) {
            VirtualThreads.background().name("store-order").start(ordered::settle);
        }
    }

    private static Version[] grown(Version[] old, Version version) {
        Version[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = version;
        return grown;
    }

    /// The key as of a revision; empty when it does not exist then.
    Optional<Version> at(String key, long revision) {
        Slot slot = keys.get(key);
        return slot == null ? Optional.empty() : visible(slot.versions, revision);
    }

    /// Visits the keys in `[start, end)` that exist at a revision, in order.
    void forEach(String start, String end, long revision, BiConsumer<String, Version> visitor) {
        if (start.compareTo(end) >= 0) {
            return;
        }
        ordered.forEach(start, end, key -> at(key, revision).ifPresent(version -> visitor.accept(key, version)));
    }

    /// Forgets what nobody sees who reads at `floor` or later.
    ///
    /// @return the revisions that were dropped
    List<Long> forget(String key, long floor) {
        Slot slot = keys.get(key);
        if (slot == null) {
            return List.of();
        }
        Version[] versions = slot.versions;
        int keepFrom = lastAtOrBelow(versions, floor);
        if (keepFrom < 0) {
            return List.of();
        }
        if (versions[keepFrom].deleted()) {
            keepFrom++;
        }
        List<Long> dropped = new ArrayList<>(keepFrom);
        for (int i = 0; i < keepFrom; i++) {
            dropped.add(versions[i].modRevision());
        }
        if (keepFrom == versions.length) {
            keys.remove(key);
            settleIf(ordered.remove());
        } else if (keepFrom > 0) {
            slot.versions = Arrays.copyOfRange(versions, keepFrom, versions.length);
        }
        return dropped;
    }

    private static Optional<Version> visible(Version[] versions, long revision) {
        int i = lastAtOrBelow(versions, revision);
        return i < 0 || versions[i].deleted() ? Optional.empty() : Optional.of(versions[i]);
    }

    private static int lastAtOrBelow(Version[] versions, long revision) {
        int i = versions.length - 1;
        while (i >= 0 && versions[i].modRevision() > revision) {
            i--;
        }
        return i;
    }
}
