package io.gantry.apiserver.watch;

import java.util.Optional;

/// A running watch of a cache.
public final class Watcher implements AutoCloseable {
    private final WatchCache cache;
    private final Selection selection;
    private final WatchSink sink;
    private final long after;

    Watcher(WatchCache cache, Selection selection, WatchSink sink, long after) {
        this.cache = cache;
        this.selection = selection;
        this.sink = sink;
        this.after = after;
    }

    WatchSink sink() {
        return sink;
    }

    Selection selection() {
        return selection;
    }

    /// Tells how far the cache is, unless the watch starts beyond that.
    void progress(long revision) {
        if (revision >= after) {
            sink.progress(revision);
        }
    }

    /// @return whether the sink was given something
    boolean offer(CacheEvent event) {
        if (event.revision() <= after) {
            return false;
        }
        boolean is =
                event.current().isPresent() && selection.test(event.current().get());
        boolean was =
                event.previous().isPresent() && selection.test(event.previous().get());
        if (is) {
            sink.event(
                    was ? EventType.MODIFIED : EventType.ADDED,
                    event.current().get(),
                    was ? event.previous() : Optional.empty());
        } else if (was) {
            CachedObject last = event.previous().get();
            sink.event(
                    EventType.DELETED,
                    last.revision() == event.revision() ? last : cache.deleted(last, event.revision()),
                    event.previous());
        }
        return is || was;
    }

    @Override
    public void close() {
        cache.remove(this);
    }
}
