package io.gantry.apiserver.watch;

import java.util.Optional;

/// One change of one object.
///
/// @param current empty for a deletion
/// @param previous empty for a creation; for a deletion the last state with the deletion's revision
record CacheEvent(long revision, Optional<CachedObject> current, Optional<CachedObject> previous) {
    /// All objects after the change.
    SortedObjects after(SortedObjects before) {
        return current.map(before::with).orElseGet(() -> before.without(key()));
    }

    String key() {
        return current.or(() -> previous).orElseThrow().key();
    }

    int bytes() {
        return current.map(o -> o.json().length).orElse(0);
    }
}
