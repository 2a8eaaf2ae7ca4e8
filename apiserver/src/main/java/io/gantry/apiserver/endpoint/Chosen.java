package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.table.ListHead;
import io.gantry.apiserver.watch.CachedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a request deletes that names no object. Holds no more than it must, for it lives until all are deleted, which
/// may be minutes.
///
/// @param head of the answer, where all of them are listed
/// @param keys of all
/// @param listed what the answer shows, which may be less
record Chosen(ListHead head, List<String> keys, List<CachedObject> listed) {
    /// @param listedBytes how much of the objects to keep for the answer
    static Chosen of(Reads.Page page, long listedBytes) {
        List<CachedObject> objects = page.objects();
        Chosen chosen = new Chosen(page.head(), new ArrayList<>(objects.size()), new ArrayList<>());
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

    /// The head of the answer; its `remainingItemCount` counts what the answer does not show.
    ListHead answered() {
        int rest = keys.size() - listed.size();
        return rest == 0 ? head : new ListHead(head.resourceVersion(), head.continueToken(), OptionalLong.of(rest));
    }
}
