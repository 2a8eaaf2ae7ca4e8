package io.gantry.store;

import java.util.List;

/// Receives a watch's events. Called by one thread at a time.
public interface WatchListener {
    /// Events of one or more revisions, in order; never empty.
    void onEvents(List<StoreEvent> events);

    /// The watch is over: [CompactedException] when its start is gone, [StoreUnavailableException] when the store is.
    /// Not called after the watcher closed the watch.
    void onClosed(StoreException cause);

    /// The watch has delivered everything up to this revision. Called after
    /// [Store.Watch#requestProgress()] and whenever a store cares to.
    default void onProgress(long revision) {}
}
