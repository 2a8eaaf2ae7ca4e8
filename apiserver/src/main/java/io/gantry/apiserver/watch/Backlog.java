package io.gantry.apiserver.watch;

import java.util.List;

/// Events that a watch missed and the ring no longer has.
public final class Backlog {
    /// Nothing.
    public static final Backlog NONE = new Backlog(List.of(), 0);

    private final List<CacheEvent> events;
    private final long through;

    /// @param through no event up to this revision is missing
    Backlog(List<CacheEvent> events, long through) {
        this.events = List.copyOf(events);
        this.through = through;
    }

    List<CacheEvent> events() {
        return events;
    }

    long through() {
        return through;
    }
}
