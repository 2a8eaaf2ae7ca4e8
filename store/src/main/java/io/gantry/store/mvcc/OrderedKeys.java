package io.gantry.store.mvcc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The keys of an index in their order, put in order by those who read them: a write only notes its new key. An API
/// server writes all the time and reads ranges of the store hardly ever (its lists come from its caches), and the
/// search for a new key's place among some 100,000 costs more than the rest of the index.
///
/// Keys stay after they were removed until the next merge; the reader asks the index for each. Thread-safe: one thread
/// adds and removes, any reads.
final class OrderedKeys {
    private static final String[] NONE = {};
    /// Sorted apart from the many old ones, so that a read after a few writes does not copy them all.
    private static final int LEAST_RECENT = 4096;
    private static final int RECENT_SHARE = 8;
    /// So many are sorted without a reader, lest the next one waits for long.
    private static final int MOST_UNSORTED = 65_536;

    /// Two sorted arrays; a key may be in both.
    private record View(String[] old, String[] recent) {
        boolean isLopsided() {
            return recent.length > Math.max(LEAST_RECENT, old.length / RECENT_SHARE);
        }
    }

    private final Predicate<String> alive;
    private final ReentrantLock noting = new ReentrantLock();
    private final ReentrantLock sorting = new ReentrantLock();
    private List<String> unsorted = new ArrayList<>();
    private int removed;
    /// Whether somebody was asked to [#settle].
    private boolean asked;

    private volatile View view = new View(NONE, NONE);

    /// @param alive whether the index still has a key
    OrderedKeys(Predicate<String> alive) {
        this.alive = alive;
    }

    /// @return whether somebody should [#settle] soon
    boolean add(String key) {
        noting.lock();
        try {
            unsorted.add(key);
            return asks();
        } finally {
            noting.unlock();
        }
    }

    /// Notes that the index has forgotten a key.
    ///
    /// @return whether somebody should [#settle] soon
    boolean remove() {
        noting.lock();
        try {
            removed++;
            return asks();
        } finally {
            noting.unlock();
        }
    }

    private boolean asks() {
        if (asked || !(unsorted.size() >= MOST_UNSORTED || isWorn())) {
            return false;
        }
        asked = true;
        return true;
    }

    /// Whether as many keys are forgotten as to be looked for.
    private boolean isWorn() {
        return removed >= Math.max(MOST_UNSORTED, view.old().length / 2);
    }

    /// Visits the keys in `[start, end)` in order, those among them that the index has forgotten included.
    void forEach(String start, String end, Consumer<String> visitor) {
        View seen = sort();
        inOrder(seen.old(), from(seen.old(), start), seen.recent(), from(seen.recent(), start), key -> {
            if (key.compareTo(end) >= 0) {
                return false;
            }
            visitor.accept(key);
            return true;
        });
    }

    private static int from(String[] keys, String start) {
        int at = Arrays.binarySearch(keys, start);
        return at < 0 ? -at - 1 : at;
    }

    /// Puts what was noted in order, for those who read nothing.
    void settle() {
        sort();
    }

    private View sort() {
        sorting.lock();
        try {
            String[] fresh;
            boolean worn;
            noting.lock();
            try {
                worn = isWorn();
                if (unsorted.isEmpty() && !worn) {
                    return view;
                }
                fresh = unsorted.toArray(String[]::new);
                unsorted = new ArrayList<>();
                removed = worn ? 0 : removed;
                asked = false;
            } finally {
                noting.unlock();
            }
            View next = new View(view.old(), merged(view.recent(), sorted(fresh)));
            if (worn || next.isLopsided()) {
                String[] all = merged(next.old(), next.recent());
                next = new View(worn ? living(all) : all, NONE);
            }
            view = next;
            return next;
        } finally {
            sorting.unlock();
        }
    }

    /// A key that was forgotten and came again may be noted twice.
    private static String[] sorted(String[] keys) {
        Arrays.sort(keys);
        int size = Math.min(1, keys.length);
        for (int i = 1; i < keys.length; i++) {
            if (!keys[i].equals(keys[size - 1])) {
                keys[size++] = keys[i];
            }
        }
        return size == keys.length ? keys : Arrays.copyOf(keys, size);
    }

    private String[] living(String[] keys) {
        return Arrays.stream(keys).filter(alive).toArray(String[]::new);
    }

    private static String[] merged(String[] a, String[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == 0 ? b : a;
        }
        List<String> all = new ArrayList<>(a.length + b.length);
        inOrder(a, 0, b, 0, all::add);
        return all.toArray(String[]::new);
    }

    /// Visits what two sorted arrays have from a position on, each key once.
    ///
    /// @param visitor whether to go on
    private static void inOrder(String[] a, int fromA, String[] b, int fromB, Predicate<String> visitor) {
        int i = fromA;
        int j = fromB;
        boolean open = true;
        while (open && (i < a.length || j < b.length)) {
            int order = i == a.length ? 1 : j == b.length ? -1 : a[i].compareTo(b[j]);
            open = visitor.test(order <= 0 ? a[i] : b[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }
}
