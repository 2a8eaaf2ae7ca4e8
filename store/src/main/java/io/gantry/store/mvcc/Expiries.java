package io.gantry.store.mvcc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;

/// When keys with a time to live are due. A key that was written anew or deleted leaves an entry that is harmless, for
/// its revision no longer matches; there are never many more of those than of others. Owned by the committer's thread.
final class Expiries {
    /// Entries of no use that are not worth a search.
    static final int FEW = 1024;

    record Due(long atMillis, String key, long modRevision) {}

    private final Queue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::atMillis));

    /// The revisions at which keys have a time to live.
    private final Map<String, Long> alive = new HashMap<>();

    void add(Change change) {
        add(change.key(), change.version());
    }

    void add(String key, Version version) {
        if (version.expiresAtMillis() == 0) {
            alive.remove(key);
            return;
        }
        alive.put(key, version.modRevision());
        queue.add(new Due(version.expiresAtMillis(), key, version.modRevision()));
        if (queue.size() > 2 * alive.size() + FEW) {
            queue.removeIf(due -> alive.getOrDefault(due.key(), 0L) != due.modRevision());
        }
    }

    /// How many entries there are, those of no use included.
    int size() {
        return queue.size();
    }

    OptionalLong next() {
        Due first = queue.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.atMillis());
    }

    List<Due> take(long nowMillis, int limit) {
        List<Due> due = new ArrayList<>();
        while (due.size() < limit && !queue.isEmpty() && queue.element().atMillis() <= nowMillis) {
            Due next = queue.remove();
            alive.remove(next.key(), next.modRevision());
            due.add(next);
        }
        return due;
    }
}
