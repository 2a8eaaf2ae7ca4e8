package io.gantry.store.watch;

import io.gantry.store.CompactedException;
import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.WatchListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Hands published events to watches. The publisher never waits for a watch: each watch pulls on its own
/// virtual thread, from the ring of recent events or, when it fell behind, from the history; one that falls
/// behind the compaction is closed with [CompactedException].
public final class WatchHub {
    private static final int RING_EVENTS = 2_000;
    private static final long RING_BYTES = 8L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventHistory history;
    private EventRing ring;
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private long published;
    private long compacted;
    private Optional<StoreException> failure = Optional.empty();

    /// @param published the newest revision already published
    /// @param compacted the oldest revision that the history still has
    public WatchHub(EventHistory history, long published, long compacted) {
        this.history = history;
        this.published = published;
        this.compacted = compacted;
        this.ring = new EventRing(RING_EVENTS, RING_BYTES, published + 1);
    }

    /// Starts a watch.
    ///
    /// @param currentRevision the store's newest revision, asked when progress is requested; may block
    /// @param previous whether events must tell what was there before
    public Store.Watch watch(
            String prefix, long fromRevision, WatchListener listener, LongSupplier currentRevision, boolean previous) {
        long from = fromRevision == 0 ? currentRevision.getAsLong() + 1 : fromRevision;
        Subscription subscription = new Subscription(this, prefix, from, listener, currentRevision, previous);
        lock.lock();
        try {
            subscriptions.add(subscription);
        } finally {
            lock.unlock();
        }
        subscription.start();
        return subscription;
    }

    /// Adds events that are durable. Called by one thread, in revision order.
    ///
    /// @param revision everything up to it has now been published
    public void publish(List<StoreEvent> events, long revision) {
        lock.lock();
        try {
            long first = published + 1;
            ring.add(events);
            published = revision;
            for (Subscription subscription : subscriptions) {
                subscription.published(first, revision, events);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The newest revision published.
    public long published() {
        lock.lock();
        try {
            return published;
        } finally {
            lock.unlock();
        }
    }

    /// Ends watches that still need a revision below this one.
    public void compacted(long revision) {
        lock.lock();
        try {
            compacted = revision;
            subscriptions.forEach(Subscription::signal);
        } finally {
            lock.unlock();
        }
    }

    /// Ends all watches, these and later ones, with an error.
    public void fail(StoreException cause) {
        lock.lock();
        try {
            failure = Optional.of(cause);
            subscriptions.forEach(Subscription::signal);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the present watches, because events are lost; later ones start from `revision`.
    public void reset(long revision, StoreException cause) {
        lock.lock();
        try {
            subscriptions.forEach(subscription -> subscription.fail(cause));
            published = revision;
            ring = new EventRing(RING_EVENTS, RING_BYTES, revision + 1);
        } finally {
            lock.unlock();
        }
    }

    /// Waits, after [#fail], until no watch reads the history any more.
    public void awaitEnd() {
        for (Subscription subscription : snapshot()) {
            subscription.join();
        }
    }

    private List<Subscription> snapshot() {
        lock.lock();
        try {
            return List.copyOf(subscriptions);
        } finally {
            lock.unlock();
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    EventHistory history() {
        return history;
    }

    void remove(Subscription subscription) {
        lock.lock();
        try {
            subscriptions.remove(subscription);
        } finally {
            lock.unlock();
        }
    }

    /// What a watch at `next` should do now. Called with the lock held.
    Step step(long next, String prefix, long progressWanted) {
        if (failure.isPresent()) {
            return new Step.End(failure.get());
        }
        if (next < compacted) {
            return new Step.End(new CompactedException(
                    "revision " + next + " is compacted, the oldest is " + compacted, compacted));
        }
        if (next <= published && next < ring.floor()) {
            return new Step.Load(next, Math.min(published, ring.floor() - 1));
        }
        if (next <= published) {
            return new Step.Deliver(ring.select(next, published, prefix), published);
        }
        return progressWanted > 0 && published >= progressWanted ? new Step.Progress(published) : new Step.Wait();
    }

    /// What a watch does next.
    sealed interface Step {
        record Wait() implements Step {}

        record Deliver(List<StoreEvent> events, long through) implements Step {}

        record Load(long from, long to) implements Step {}

        record Progress(long revision) implements Step {}

        record End(StoreException cause) implements Step {}
    }
}
