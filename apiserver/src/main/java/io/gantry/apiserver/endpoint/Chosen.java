package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.watch.CachedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a request deletes that names no object. Holds no more than it must, for it lives until all are deleted, which
/// may be minutes.
///
/// @param revision of the objects
/// @param keys of all
/// @param listed what the answer shows, which may be less
record Chosen(long revision, List<String> keys, List<CachedObject> listed) {
    /// @param listedBytes how much of the objects to keep for the answer
    static Chosen of(long revision, List<CachedObject> objects, long listedBytes) {
        Chosen chosen = new Chosen(revision, new ArrayList<>(objects.size()), new ArrayList<>());
        long bytes = 0;
        for (CachedObject object : objects) {
            bytes += object.json().length;
            chosen.add(object, bytes <= listedBytes);
        }
        return chosen;
    }

    private void add(CachedObject object, boolean shown) {
        keys.add(object.key());
        if (shown) {
            listed.add(object);
        }
    }

    /// How many the answer does not show: its `remainingItemCount`.
    OptionalLong notListed() {
        int rest = keys.size() - listed.size();
        return rest == 0 ? OptionalLong.empty() : OptionalLong.of(rest);
    }
}
