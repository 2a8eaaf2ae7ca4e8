package io.gantry.apiserver.watch;

import io.gantry.store.CompactedException;
import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WatchListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A stretch of the store's history, read once: for watchers that were away for longer than the ring reaches back.
final class StoreHistory implements WatchListener {
    /// Who missed more than this lists again, which is cheaper.
    static final int MAX_EVENTS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long through;
    private final List<StoreEvent> events = new ArrayList<>();
    private final CompletableFuture<List<StoreEvent>> done = new CompletableFuture<>();

    private StoreHistory(long through) {
        this.through = through;
    }

    /// Events of keys with the prefix, of the revisions `from` to `through`, both inclusive. Blocks.
    ///
    /// @throws CompactedException when they are forgotten, or too many
    static List<StoreEvent> read(Store store, String prefix, long from, long through) throws InterruptedException {
        StoreHistory history = new StoreHistory(through);
        try (Store.Watch watch = store.watch(prefix, from, history)) {
            watch.requestProgress();
            return history.done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw new StoreUnavailableException("the store's history cannot be read", e);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the store's history was not there within " + PATIENCE, e);
        }
    }

    @Override
    public void onEvents(List<StoreEvent> batch) {
        for (StoreEvent event : batch) {
            if (event.revision() <= through) {
                events.add(event);
            }
        }
        if (events.size() > MAX_EVENTS) {
            done.completeExceptionally(new CompactedException("more than " + MAX_EVENTS + " events", through));
        } else if (batch.getLast().revision() >= through) {
            done.complete(List.copyOf(events));
        }
    }

    @Override
    public void onProgress(long revision) {
        if (revision >= through) {
            done.complete(List.copyOf(events));
        }
    }

    @Override
    public void onClosed(StoreException cause) {
        done.completeExceptionally(cause);
    }
}
