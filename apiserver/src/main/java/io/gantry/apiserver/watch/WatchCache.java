package io.gantry.apiserver.watch;

import io.gantry.store.Entry;
import io.gantry.store.Scan;
import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The objects of one resource as they are served, and its recent events. Loaded on first use, then fed by
/// [CacheFeed]. Thread-safe: reads take an immutable snapshot and lock nothing.
public final class WatchCache {
    /// Makes the served form of a stored entry.
    public interface Indexer {
        /// @param key below the prefix
        CachedObject index(String key, byte[] stored, long revision);

        /// The last state of a deleted object, with the deletion's revision.
        CachedObject deleted(CachedObject last, long revision);
    }

    private final Store store;
    private final CacheFeed feed;
    private final String prefix;
    private final Indexer indexer;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock loading = new ReentrantLock();
    private final Watchers watchers = new Watchers();
    private boolean closed;
    private @Nullable List<StoreEvent> early;
    private EventRing ring = new EventRing(0, SortedObjects.EMPTY);
    private volatile @Nullable Snapshot current;

    WatchCache(Store store, CacheFeed feed, String prefix, Indexer indexer) {
        this.store = store;
        this.feed = feed;
        this.prefix = prefix;
        this.indexer = indexer;
    }

    /// The prefix of the resource's keys, with a slash at its end.
    public String prefix() {
        return prefix;
    }

    /// How many objects there are; 0 before [#load()].
    public int size() {
        Snapshot seen = current;
        return seen == null ? 0 : seen.objects().size();
    }

    public boolean isLoaded() {
        return current != null;
    }

    /// Reads the resource from the store unless that was done. May block.
    public void load() {
        if (isLoaded()) {
            return;
        }
        loading.lock();
        try {
            if (!isLoaded()) {
                read();
            }
        } finally {
            loading.unlock();
        }
    }

    private void read() {
        lock.lock();
        try {
            early = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        Scan<CachedObject> stored = store.scan(prefix, this::index);
        SortedObjects sorted = SortedObjects.ofSorted(stored.items());
        lock.lock();
        try {
            ring = new EventRing(stored.revision(), sorted);
            current = new Snapshot(sorted, stored.revision());
            List<StoreEvent> missed = early == null ? List.of() : early;
            early = null;
            for (StoreEvent event : missed) {
                applyLocked(event);
            }
        } finally {
            lock.unlock();
        }
    }

    private String below(String key) {
        return key.substring(prefix.length());
    }

    /// The newest snapshot that has been seen.
    ///
    /// @throws IllegalStateException before [#load()]
    public Snapshot snapshot() {
        while (true) {
            Snapshot seen = loaded();
            long revision = feed.revision();
            if (loaded().revision() == seen.revision()) {
                return revision > seen.revision() ? new Snapshot(seen.objects(), revision) : seen;
            }
        }
    }

    private Snapshot loaded() {
        Snapshot seen = current;
        if (seen == null) {
            throw new IllegalStateException(prefix + " is not loaded");
        }
        return seen;
    }

    /// The snapshot at an old revision, if the recent events reach back to it.
    public Optional<SortedObjects> at(long revision) {
        lock.lock();
        try {
            return ring.at(revision);
        } finally {
            lock.unlock();
        }
    }

    public @Nullable CachedObject get(String key) {
        return loaded().objects().get(key);
    }

    /// Makes the served form of an entry that was read from the store itself.
    public CachedObject index(Entry entry) {
        return indexer.index(below(entry.key()), entry.value(), entry.modRevision());
    }

    void apply(StoreEvent event) {
        lock.lock();
        try {
            if (early != null) {
                early.add(event);
            } else if (current != null) {
                applyLocked(event);
            }
        } finally {
            lock.unlock();
        }
    }

    private void applyLocked(StoreEvent event) {
        Snapshot seen = loaded();
        if (event.revision() <= ring.start() && event.revision() <= seen.revision()) {
            return;
        }
        String asked = below(event.key());
        Optional<CachedObject> before = Optional.ofNullable(seen.objects().get(asked));
        String key = before.map(CachedObject::key).orElse(asked);
        CacheEvent change = switch (event) {
            case StoreEvent.Put put ->
                new CacheEvent(
                        put.revision(),
                        Optional.of(indexer.index(key, put.entry().value(), put.revision())),
                        before);
            case StoreEvent.Delete delete ->
                new CacheEvent(
                        delete.revision(),
                        Optional.empty(),
                        before.map(last -> indexer.deleted(last, delete.revision())));
        };
        if (change.current().isEmpty() && change.previous().isEmpty()) {
            return;
        }
        ring.add(change, seen.objects());
        current = new Snapshot(change.after(seen.objects()), change.revision());
        watchers.offer(change);
    }

    public CachedObject deleted(CachedObject last, long revision) {
        return indexer.deleted(last, revision);
    }

    /// What a watch that starts after a revision needs beside the ring, from the store's history. Blocks.
    ///
    /// @throws io.gantry.store.CompactedException when the store has it no more either
    public Backlog backlog(long afterRevision) throws InterruptedException {
        long through = oldestRevision();
        return afterRevision >= through
                ? Backlog.NONE
                : new Backlog(new PastEvents(store, this).between(afterRevision, through), through);
    }

    /// Starts a watch after a revision, which may lie in the future.
    ///
    /// @param backlog from [#backlog], for a revision that the ring does not reach back to
    /// @return empty when the revision is too old
    public Optional<Watcher> watch(long afterRevision, Backlog backlog, Selection selection, WatchSink sink) {
        lock.lock();
        try {
            long known = Math.max(afterRevision, backlog.through());
            if (closed || known < ring.start() || current == null) {
                return Optional.empty();
            }
            Watcher watcher = new Watcher(this, selection, sink, afterRevision);
            backlog.events().forEach(watcher::offer);
            ring.after(known).forEach(watcher::offer);
            watchers.add(watcher);
            return Optional.of(watcher);
        } finally {
            lock.unlock();
        }
    }

    /// Starts a watch at the newest snapshot, after the sink was given it.
    public Watcher watchFromNow(Selection selection, WatchSink sink, Consumer<Snapshot> initial) {
        lock.lock();
        try {
            Watcher watcher = new Watcher(this, selection, sink, 0);
            initial.accept(snapshot());
            if (closed) {
                sink.restarted();
            } else {
                watchers.add(watcher);
            }
            return watcher;
        } finally {
            lock.unlock();
        }
    }

    /// The oldest revision from which a watch can start.
    public long oldestRevision() {
        lock.lock();
        try {
            return ring.start();
        } finally {
            lock.unlock();
        }
    }

    void remove(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /// Tells every watcher how far the cache is.
    void progress() {
        lock.lock();
        try {
            if (isLoaded() && !watchers.isEmpty()) {
                long revision = snapshot().revision();
                watchers.forEach(w -> w.progress(revision));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells one watcher how far the cache is.
    public void progress(Watcher watcher) {
        lock.lock();
        try {
            if (isLoaded() && watchers.contains(watcher)) {
                watcher.progress(snapshot().revision());
            }
        } finally {
            lock.unlock();
        }
    }

    void endWatches() {
        lock.lock();
        try {
            List<Watcher> ended = List.copyOf(watchers);
            watchers.clear();
            ended.forEach(w -> w.sink().ended());
        } finally {
            lock.unlock();
        }
    }

    /// Forgets everything: the store's events were lost.
    void reset() {
        lock.lock();
        try {
            List<Watcher> ended = List.copyOf(watchers);
            watchers.clear();
            current = null;
            early = null;
            ended.forEach(w -> w.sink().restarted());
        } finally {
            lock.unlock();
        }
    }

    /// Ends every watch for good: the resource is no longer served like this.
    void close() {
        lock.lock();
        try {
            closed = true;
            List<Watcher> ended = List.copyOf(watchers);
            watchers.clear();
            ended.forEach(w -> w.sink().restarted());
        } finally {
            lock.unlock();
        }
    }
}
