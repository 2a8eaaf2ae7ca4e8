package io.gantry.apiserver.watch;

import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.WatchListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds every cache from one watch of the whole store, so that all caches are at one revision. Owns the timer of
/// bookmarks. Thread-safe.
public final class CacheFeed implements WatchListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheFeed.class);
    private static final String ROOT = "/registry/";
    private static final Duration BOOKMARKS = Duration.ofMinutes(1);
    private static final Duration RESTART_BACKOFF = Duration.ofMillis(500);

    private final Store store;
    private final ConcurrentSkipListMap<String, WatchCache> caches = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService timer;
    private final Object advanced = new Object();
    private volatile long revision;
    private volatile boolean closed;
    private Store.@Nullable Watch watch;

    public CacheFeed(Store store) {
        this.store = store;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("watch-timer").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
        timer.scheduleWithFixedDelay(
                this::bookmarks, BOOKMARKS.toMillis(), BOOKMARKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins to watch the store. Call before any cache is used.
    public synchronized void start() {
        long now = store.currentRevision();
        revision = now;
        watch = store.watchChanges(ROOT, now + 1, this);
    }

    /// Makes the cache of a resource.
    public WatchCache cache(String prefix, WatchCache.Indexer indexer) {
        return caches.computeIfAbsent(prefix, p -> new WatchCache(store, this, p, indexer));
    }

    /// Forgets a cache and ends its watches.
    public void drop(WatchCache cache) {
        caches.remove(cache.prefix(), cache);
        cache.close();
    }

    /// For timeouts of watches. Tasks must be short.
    public ScheduledExecutorService timer() {
        return timer;
    }

    /// Everything up to this revision is in the loaded caches.
    public long revision() {
        return revision;
    }

    /// Waits until everything up to `wanted` is in the caches. Blocks a virtual thread.
    ///
    /// @return false when that did not happen in time
    public boolean await(long wanted, Duration timeout) throws InterruptedException {
        if (revision >= wanted) {
            return true;
        }
        Store.Watch running = running();
        if (running != null) {
            running.requestProgress();
        }
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (advanced) {
            while (revision < wanted) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                advanced.wait(left);
            }
            return true;
        }
    }

    private synchronized Store.@Nullable Watch running() {
        return watch;
    }

    @Override
    public void onEvents(List<StoreEvent> events) {
        for (StoreEvent event : events) {
            WatchCache cache = find(event.key());
            if (cache != null) {
                try {
                    cache.apply(event);
                } catch (RuntimeException e) {
                    LOG.error("cannot serve {} at revision {}", event.key(), event.revision(), e);
                }
            }
        }
        advance(events.getLast().revision());
    }

    private @Nullable WatchCache find(String key) {
        Map.Entry<String, WatchCache> candidate = caches.floorEntry(key);
        while (candidate != null && !key.startsWith(candidate.getKey())) {
            String shorter = candidate.getKey();
            if (commonLength(shorter, key) <= ROOT.length()) {
                return null;
            }
            candidate = caches.lowerEntry(shorter);
        }
        return candidate == null ? null : candidate.getValue();
    }

    private static int commonLength(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    @Override
    public void onProgress(long seen) {
        advance(seen);
    }

    private void advance(long seen) {
        synchronized (advanced) {
            if (seen > revision) {
                revision = seen;
                advanced.notifyAll();
            }
        }
    }

    @Override
    public void onClosed(StoreException cause) {
        if (closed) {
            return;
        }
        LOG.warn("the watch of the store ended, starting anew: {}", cause.getMessage());
        timer.schedule(this::restart, RESTART_BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void restart() {
        if (closed) {
            return;
        }
        try {
            start();
            caches.values().forEach(WatchCache::reset);
        } catch (StoreException e) {
            LOG.warn("the store is not there yet: {}", e.getMessage());
            timer.schedule(this::restart, RESTART_BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Ends every watch in order: its client goes on elsewhere.
    public void endWatches() {
        caches.values().forEach(WatchCache::endWatches);
    }

    private void bookmarks() {
        caches.values().forEach(WatchCache::progress);
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        Store.Watch running = running();
        if (running != null) {
            running.close();
        }
    }
}
