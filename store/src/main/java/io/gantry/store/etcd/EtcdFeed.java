package io.gantry.store.etcd;

import io.etcd.jetcd.Watch;
import io.gantry.store.CompactedException;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.watch.EventHistory;
import io.gantry.store.watch.WatchHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch of all of etcd's keys feeds every watch of the store. Because it sees every key, it knows
/// which revision it has reached, without etcd's progress messages (those of 3.4 cannot be trusted).
final class EtcdFeed implements EventHistory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdFeed.class);
    private static final long RETRY_SECONDS = 1;
    private static final int SLICE_EVENTS = 1_000;

    private final Watch watches;
    private final LongSupplier currentRevision;
    private final WatchHub hub;
    private final ScheduledExecutorService restarts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("etcd-feed").daemon().factory());
    private EtcdWatch watch;
    private long next;
    private boolean closed;

    /// @param revision read from etcd just now
    /// @param currentRevision asks etcd
    EtcdFeed(Watch watches, long revision, LongSupplier currentRevision) {
        this.watches = watches;
        this.currentRevision = currentRevision;
        this.hub = new WatchHub(this, revision, 1);
        this.next = revision + 1;
        this.watch = start(next);
    }

    WatchHub hub() {
        return hub;
    }

    @Override
    public void close() {
        EtcdWatch last;
        synchronized (this) {
            closed = true;
            last = watch;
        }
        last.close(); // jetcd's lock is never taken with ours: it calls us with its own
        restarts.shutdownNow();
    }

    private EtcdWatch start(long from) {
        return new EtcdWatch(watches, from, new EtcdWatch.Receiver() {
            @Override
            public void events(List<StoreEvent> events) {
                publish(events);
            }

            @Override
            public void ended(StoreException cause) {
                restartAfter(cause);
            }
        });
    }

    private synchronized void publish(List<StoreEvent> events) {
        List<StoreEvent> unseen =
                events.stream().filter(event -> event.revision() >= next).toList();
        if (!closed && !unseen.isEmpty()) {
            next = unseen.getLast().revision() + 1;
            hub.publish(unseen, next - 1);
        }
    }

    private synchronized void restartAfter(StoreException cause) {
        if (closed) {
            return;
        }
        LOG.warn("the watch on etcd ended, starting another: {}", cause.getMessage());
        restarts.schedule(() -> restart(cause), RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized EtcdWatch last() {
        return watch;
    }

    private void restart(StoreException cause) {
        try {
            long revision = cause instanceof CompactedException ? currentRevision.getAsLong() : 0;
            last().close();
            synchronized (this) {
                if (closed) {
                    return;
                }
                if (revision > 0) {
                    hub.reset(revision, cause);
                    next = revision + 1;
                }
                watch = start(next);
            }
        } catch (StoreException e) {
            restartAfter(cause);
        }
    }

    /// etcd's events are whole.
    @Override
    public StoreEvent withPrevious(StoreEvent event) {
        return event;
    }

    @Override
    public Slice read(long from, long to, boolean previous) {
        if (to <= 1) {
            return new Slice(List.of(), to);
        }
        CompletableFuture<Slice> slice = new CompletableFuture<>();
        List<StoreEvent> collected = new ArrayList<>();
        EtcdWatch.Receiver receiver = new EtcdWatch.Receiver() {
            @Override
            public void events(List<StoreEvent> events) {
                events.stream().filter(event -> event.revision() <= to).forEach(collected::add);
                long through = Math.min(to, events.getLast().revision());
                if (through == to || collected.size() >= SLICE_EVENTS) {
                    slice.complete(new Slice(collected, through));
                }
            }

            @Override
            public void ended(StoreException cause) {
                slice.completeExceptionally(cause);
            }
        };
        try (EtcdWatch past = new EtcdWatch(watches, from, receiver)) {
            return Slices.await(slice);
        }
    }

    /// Waits for a slice; a compaction goes to the watcher, whatever else is told as unavailable.
    private static final class Slices {
        static Slice await(CompletableFuture<Slice> slice) {
            try {
                return EtcdCalls.await(slice);
            } catch (StoreException e) {
                for (Throwable t = e; t != null; t = t.getCause()) {
                    if (t instanceof CompactedException compacted) {
                        throw compacted;
                    }
                }
                throw e;
            }
        }

        private Slices() {}
    }
}
