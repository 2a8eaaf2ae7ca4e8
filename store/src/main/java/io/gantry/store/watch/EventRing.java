package io.gantry.store.watch;

import io.gantry.store.Entry;
import io.gantry.store.StoreEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The newest events, bounded by count and bytes. Not thread-safe: guarded by the hub's lock.
final class EventRing {
    private final int capacity;
    private final long maxBytes;
    private final ArrayList<StoreEvent> events = new ArrayList<>();
    private int head;
    private long bytes;
    private long floor;

    /// @param floor the first revision that will be added
    EventRing(int capacity, long maxBytes, long floor) {
        this.capacity = capacity;
        this.maxBytes = maxBytes;
        this.floor = floor;
    }

    /// The ring holds every event from this revision on.
    long floor() {
        return floor;
    }

    void add(List<StoreEvent> added) {
        for (StoreEvent event : added) {
            events.add(event);
            bytes += size(event);
        }
        while (events.size() - head > capacity || bytes > maxBytes) {
            dropOldestRevision();
        }
        if (head > capacity) {
            events.subList(0, head).clear();
            head = 0;
        }
    }

    /// Events of revisions `from` to `to` with the prefix.
    List<StoreEvent> select(long from, long to, String prefix) {
        List<StoreEvent> selected = new ArrayList<>();
        for (int i = firstAtOrAbove(from); i < events.size() && events.get(i).revision() <= to; i++) {
            if (events.get(i).key().startsWith(prefix)) {
                selected.add(events.get(i));
            }
        }
        return selected;
    }

    private void dropOldestRevision() {
        long revision = events.get(head).revision();
        while (head < events.size() && events.get(head).revision() == revision) {
            bytes -= size(events.get(head));
            events.set(head, GONE);
            head++;
        }
        floor = revision + 1;
    }

    private int firstAtOrAbove(long revision) {
        int low = head;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).revision() < revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static final StoreEvent GONE = new StoreEvent.Put(new Entry("", new byte[0], 0, 0), Optional.empty());

    private static long size(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Put put ->
                put.entry().value().length
                        + put.previous().map(p -> p.value().length).orElse(0);
            case StoreEvent.Delete delete -> delete.previous().value().length;
        };
    }
}
