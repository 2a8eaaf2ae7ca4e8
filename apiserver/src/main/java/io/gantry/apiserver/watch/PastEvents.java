package io.gantry.apiserver.watch;

import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import java.util.List;
import java.util.Optional;

/// Events that happened before the cache's ring begins, from the store's history.
record PastEvents(Store store, WatchCache cache) {
    /// Blocks.
    ///
    /// @param after exclusive
    /// @param through inclusive
    /// @throws io.gantry.store.CompactedException when the store has them no more
    List<CacheEvent> between(long after, long through) throws InterruptedException {
        return StoreHistory.read(store, cache.prefix(), after + 1, through).stream()
                .map(this::event)
                .toList();
    }

    private CacheEvent event(StoreEvent event) {
        return switch (event) {
            case StoreEvent.Put put ->
                new CacheEvent(
                        put.revision(),
                        Optional.of(cache.index(put.entry())),
                        put.previous().map(cache::index));
            case StoreEvent.Delete delete ->
                new CacheEvent(
                        delete.revision(),
                        Optional.empty(),
                        Optional.of(cache.deleted(cache.index(delete.previous()), delete.revision())));
        };
    }
}
