package io.gantry.store.mvcc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/// The versions of every key, oldest first, in memory. One thread changes it; any thread reads it at a
/// revision that the changing thread has published.
final class RevisionIndex {
    private final ConcurrentSkipListMap<String, Version[]> keys;

    private RevisionIndex(ConcurrentSkipListMap<String, Version[]> keys) {
        this.keys = keys;
    }

    /// An index that is filled from its beginning, in the order of revisions, before anybody reads it: the keys are
    /// sorted once, where the index itself would look up each change's place.
    static final class Loading {
        private final Map<String, Version[]> keys = new HashMap<>();

        void add(String key, Version version) {
            Version[] first = {version};
            keys.merge(key, first, (old, one) -> grown(old, version));
        }

        RevisionIndex index() {
            return new RevisionIndex(new ConcurrentSkipListMap<>(new TreeMap<>(keys)));
        }
    }

    /// Looks a key up once: one that is new is not there, mostly, and any other is.
    void add(String key, Version version) {
        if (!version.isFirst() && keys.computeIfPresent(key, (known, old) -> grown(old, version)) != null) {
            return;
        }
        Version[] old = keys.putIfAbsent(key, new Version[] {version});
        if (old != null) {
            keys.put(key, grown(old, version));
        }
    }

    private static Version[] grown(Version[] old, Version version) {
        Version[] grown = Arrays.copyOf(old, old.length + 1);
        grown[old.length] = version;
        return grown;
    }

    /// The key as of a revision; empty when it does not exist then.
    Optional<Version> at(String key, long revision) {
        Version[] versions = keys.get(key);
        return versions == null ? Optional.empty() : visible(versions, revision);
    }

    /// Visits the keys in `[start, end)` that exist at a revision, in order.
    void forEach(String start, String end, long revision, BiConsumer<String, Version> visitor) {
        if (start.compareTo(end) >= 0) {
            return;
        }
        keys.subMap(start, end)
                .forEach((key, versions) ->
                        visible(versions, revision).ifPresent(version -> visitor.accept(key, version)));
    }

    /// Forgets what nobody sees who reads at `floor` or later.
    ///
    /// @return the revisions that were dropped
    List<Long> forget(String key, long floor) {
        Version[] versions = keys.get(key);
        if (versions == null) {
            return List.of();
        }
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
        replace(key, versions, keepFrom);
        return dropped;
    }

    private void replace(String key, Version[] versions, int keepFrom) {
        if (keepFrom == versions.length) {
            keys.remove(key);
        } else if (keepFrom > 0) {
            keys.put(key, Arrays.copyOfRange(versions, keepFrom, versions.length));
        }
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
