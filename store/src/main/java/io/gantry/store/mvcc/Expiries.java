package io.gantry.store.mvcc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/// When keys with a time to live are due. A key that was written anew has an entry for each write; the older ones are
/// harmless, for their revision no longer matches. Owned by the committer's thread.
final class Expiries {
    record Due(long atMillis, String key, long modRevision) {}

    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::atMillis));

    void add(Change change) {
        add(change.key(), change.version());
    }

    void add(String key, Version version) {
        if (version.expiresAtMillis() != 0) {
            queue.add(new Due(version.expiresAtMillis(), key, version.modRevision()));
        }
    }

    OptionalLong next() {
        Due first = queue.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.atMillis());
    }

    List<Due> take(long nowMillis, int limit) {
        List<Due> due = new ArrayList<>();
        while (due.size() < limit && !queue.isEmpty() && queue.element().atMillis() <= nowMillis) {
            due.add(queue.remove());
        }
        return due;
    }
}
