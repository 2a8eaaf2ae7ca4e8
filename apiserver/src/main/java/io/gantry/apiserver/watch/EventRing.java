package io.gantry.apiserver.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The most recent events of one resource, in revision order, bounded by count and bytes. Not thread-safe.
final class EventRing {
    private static final int MAX_EVENTS = 4096;
    private static final int MIN_EVENTS = 128;
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private final ArrayDeque<CacheEvent> events = new ArrayDeque<>();
    private SortedObjects before;
    private long start;
    private long bytes;

    /// @param start everything after this revision will be here
    EventRing(long start, SortedObjects before) {
        this.start = start;
        this.before = before;
    }

    void add(CacheEvent event) {
        events.add(event);
        bytes += event.bytes();
        while (events.size() > MAX_EVENTS || bytes > MAX_BYTES && events.size() > MIN_EVENTS) {
            CacheEvent oldest = events.remove();
            bytes -= oldest.bytes();
            start = oldest.revision();
            before = oldest.after();
        }
    }

    /// The oldest revision after which nothing is missing.
    long start() {
        return start;
    }

    /// Events after a revision that is not below [#start()].
    List<CacheEvent> after(long revision) {
        List<CacheEvent> found = new ArrayList<>();
        for (var it = events.descendingIterator(); it.hasNext(); ) {
            CacheEvent event = it.next();
            if (event.revision() <= revision) {
                break;
            }
            found.add(event);
        }
        return found.reversed();
    }

    /// All objects as they were at a revision; empty when it is too old.
    Optional<SortedObjects> at(long revision) {
        if (revision < start) {
            return Optional.empty();
        }
        for (var it = events.descendingIterator(); it.hasNext(); ) {
            CacheEvent event = it.next();
            if (event.revision() <= revision) {
                return Optional.of(event.after());
            }
        }
        return Optional.of(before);
    }
}
