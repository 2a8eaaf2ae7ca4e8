package io.gantry.apiserver.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The most recent events of one resource, in revision order, bounded by count and bytes. It keeps the objects of one
/// revision in some dozens, and makes those between from them: nearly nobody asks, and the collector copies what is
/// kept. Not thread-safe.
final class EventRing {
    private static final int MAX_EVENTS = 4096;
    private static final int MIN_EVENTS = 128;
    private static final long MAX_BYTES = 8L * 1024 * 1024;
    private static final int SECTION = 64;

    /// All objects as they were at a revision.
    private record Mark(long revision, SortedObjects objects) {}

    private final ArrayDeque<CacheEvent> events = new ArrayDeque<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private Mark base;
    private long bytes;
    private int unmarked;

    /// @param start everything after this revision will be here
    EventRing(long start, SortedObjects before) {
        this.base = new Mark(start, before);
    }

    /// @param before all objects before the event
    void add(CacheEvent event, SortedObjects before) {
        CacheEvent last = events.peekLast();
        if (last != null && unmarked >= SECTION && last.revision() < event.revision()) {
            unmarked = 0;
            marks.add(new Mark(last.revision(), before));
        }
        unmarked++;
        events.add(event);
        bytes += event.bytes();
        while (!marks.isEmpty() && (events.size() > MAX_EVENTS || bytes > MAX_BYTES && events.size() > MIN_EVENTS)) {
            dropSection(marks.remove());
        }
    }

    private void dropSection(Mark end) {
        for (CacheEvent next = events.peek(); next != null && next.revision() <= end.revision(); next = events.peek()) {
            bytes -= next.bytes();
            events.remove();
        }
        base = end;
    }

    /// The oldest revision after which nothing is missing.
    long start() {
        return base.revision();
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
        if (revision < base.revision()) {
            return Optional.empty();
        }
        Mark from = base;
        for (Mark mark : marks) {
            from = mark.revision() <= revision ? mark : from;
        }
        SortedObjects objects = from.objects();
        for (CacheEvent event : after(from.revision())) {
            if (event.revision() > revision) {
                break;
            }
            objects = event.after(objects);
        }
        return Optional.of(objects);
    }
}
