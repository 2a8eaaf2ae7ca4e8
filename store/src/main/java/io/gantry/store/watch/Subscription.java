package io.gantry.store.watch;

import io.gantry.component.VirtualThreads;
import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WatchListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch. Its position, and whether it is closed, are guarded by the hub's lock; the listener is called under the
/// delivery lock only, so that [#close] can wait for it.
final class Subscription implements Store.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final WatchHub hub;
    private final String prefix;
    private final WatchListener listener;
    private final LongSupplier currentRevision;
    private final boolean previous;
    private final Condition changed;
    private final ReentrantLock delivery = new ReentrantLock();
    private final Thread thread;
    private long next;
    private long progressWanted;
    private boolean closed;
    private Optional<StoreException> failure = Optional.empty();

    /// @param previous whether events must tell what was there before
    Subscription(
            WatchHub hub,
            String prefix,
            long from,
            WatchListener listener,
            LongSupplier currentRevision,
            boolean previous) {
        this.previous = previous;
        this.hub = hub;
        this.prefix = prefix;
        this.next = from;
        this.listener = listener;
        this.currentRevision = currentRevision;
        this.changed = hub.lock().newCondition();
        this.thread = VirtualThreads.background().name("store-watch " + prefix).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// A batch was published. A watch that had seen everything before it, and to which nothing in it matters, just
    /// moves on.
    /// Called with the hub's lock held.
    void published(long first, long revision, List<StoreEvent> events) {
        boolean matters = next < first || progressWanted > 0;
        for (int i = 0; i < events.size() && !matters; i++) {
            matters = events.get(i).revision() >= next && events.get(i).key().startsWith(prefix);
        }
        if (matters) {
            changed.signal();
        } else {
            next = Math.max(next, revision + 1);
        }
    }

    /// Called with the hub's lock held.
    void signal() {
        changed.signal();
    }

    /// Ends this watch with an error. Called with the hub's lock held.
    void fail(StoreException cause) {
        failure = Optional.of(cause);
        changed.signal();
    }

    @Override
    public void requestProgress() {
        long wanted = currentRevision.getAsLong();
        hub.lock().lock();
        try {
            progressWanted = Math.max(progressWanted, wanted);
            changed.signal();
        } finally {
            hub.lock().unlock();
        }
    }

    @Override
    public void close() {
        hub.lock().lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            hub.lock().unlock();
        }
        hub.remove(this);
        delivery.lock();
        delivery.unlock();
    }

    void join() {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                open = perform(await());
            }
        } catch (InterruptedException e) {
            LOG.debug("watch of {} interrupted", prefix, e);
        } catch (StoreException e) {
            end(e);
        } catch (RuntimeException e) {
            LOG.error("the listener of the watch on {} failed; the watch ends", prefix, e);
            end(new StoreUnavailableException("the watch failed", e));
        } finally {
            hub.remove(this);
        }
    }

    private WatchHub.Step await() throws InterruptedException {
        hub.lock().lock();
        try {
            while (true) {
                if (closed) {
                    return new WatchHub.Step.Wait();
                }
                if (failure.isPresent()) {
                    return new WatchHub.Step.End(failure.get());
                }
                WatchHub.Step step = hub.step(next, prefix, progressWanted);
                if (step instanceof WatchHub.Step.Wait) {
                    changed.await();
                    continue;
                }
                if (step instanceof WatchHub.Step.Deliver deliver) {
                    next = deliver.through() + 1;
                    if (deliver.events().isEmpty()) {
                        continue;
                    }
                }
                if (step instanceof WatchHub.Step.Progress) {
                    progressWanted = 0;
                }
                return step;
            }
        } finally {
            hub.lock().unlock();
        }
    }

    private boolean perform(WatchHub.Step step) {
        switch (step) {
            case WatchHub.Step.Wait ignored -> {
                return false;
            }
            case WatchHub.Step.Deliver deliver ->
                deliver(
                        previous
                                ? deliver.events().stream()
                                        .map(hub.history()::withPrevious)
                                        .toList()
                                : deliver.events());
            case WatchHub.Step.Progress progress -> call(() -> listener.onProgress(progress.revision()));
            case WatchHub.Step.Load load -> load(load);
            case WatchHub.Step.End end -> {
                end(end.cause());
                return false;
            }
        }
        return true;
    }

    private void load(WatchHub.Step.Load load) {
        EventHistory.Slice slice = hub.history().read(load.from(), load.to(), previous);
        deliver(slice.events().stream()
                .filter(event -> event.key().startsWith(prefix))
                .toList());
        hub.lock().lock();
        try {
            next = Math.max(next, slice.through() + 1);
        } finally {
            hub.lock().unlock();
        }
    }

    private void deliver(List<StoreEvent> events) {
        if (!events.isEmpty()) {
            call(() -> listener.onEvents(events));
        }
    }

    private void end(StoreException cause) {
        call(() -> listener.onClosed(cause));
    }

    private void call(Runnable delivered) {
        delivery.lock();
        try {
            if (!isClosed()) {
                delivered.run();
            }
        } finally {
            delivery.unlock();
        }
    }

    private boolean isClosed() {
        hub.lock().lock();
        try {
            return closed;
        } finally {
            hub.lock().unlock();
        }
    }
}
