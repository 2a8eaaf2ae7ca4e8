package io.gantry.store.watch;

import io.gantry.store.StoreEvent;
import java.util.List;

/// Events that are no longer in the ring.
public interface EventHistory {
    /// Events of revisions from `from` on, in order.
    ///
    /// @param through every event up to this revision is among them
    record Slice(List<StoreEvent> events, long through) {
        public Slice {
            events = List.copyOf(events);
        }
    }

    /// Reads events of revisions `from` to `to`, both inclusive, or a first part of them. Blocks.
    ///
    /// @param previous whether the events must tell what was there before
    /// @throws io.gantry.store.CompactedException when they are gone
    Slice read(long from, long to, boolean previous);

    /// An event that was published, with what was there before. Blocks.
    ///
    /// @throws io.gantry.store.CompactedException when that is gone
    StoreEvent withPrevious(StoreEvent event);
}
