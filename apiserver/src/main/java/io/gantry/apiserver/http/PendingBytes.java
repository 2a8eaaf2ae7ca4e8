package io.gantry.apiserver.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Counts the bytes of one stream that are on their way, and tells when there is room again. Thread-safe.
final class PendingBytes {
    static final int LOW_WATER_BYTES = 512 * 1024;
    static final int HIGH_WATER_BYTES = 1024 * 1024;

    private final Object lock = new Object();
    private final List<Runnable> onWritable = new ArrayList<>();
    private final List<Runnable> onClosed = new ArrayList<>();
    private long pending;
    private long movedNanos;
    private boolean full;
    private boolean closed;

    void add(int bytes) {
        synchronized (lock) {
            if (pending == 0) {
                movedNanos = System.nanoTime();
            }
            pending += bytes;
            full = full || pending > HIGH_WATER_BYTES;
        }
    }

    void done(int bytes) {
        List<Runnable> actions = List.of();
        synchronized (lock) {
            pending -= bytes;
            movedNanos = System.nanoTime();
            if (full && pending < LOW_WATER_BYTES) {
                full = false;
                lock.notifyAll();
                actions = List.copyOf(onWritable);
            }
        }
        actions.forEach(Runnable::run);
    }

    /// Whether something waits and nothing has gone out for a while.
    ///
    /// @param now as [System#nanoTime()]
    boolean stalled(long now, Duration limit) {
        synchronized (lock) {
            return pending > 0 && !closed && now - movedNanos > limit.toNanos();
        }
    }

    boolean isWritable() {
        synchronized (lock) {
            return !full && !closed;
        }
    }

    boolean awaitWritable() throws InterruptedException {
        synchronized (lock) {
            while (full && !closed) {
                lock.wait();
            }
            return !closed;
        }
    }

    void whenWritable(Runnable action) {
        synchronized (lock) {
            onWritable.add(action);
        }
    }

    void whenClosed(Runnable action) {
        synchronized (lock) {
            if (!closed) {
                onClosed.add(action);
                return;
            }
        }
        action.run();
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    void close() {
        List<Runnable> actions;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            actions = List.copyOf(onClosed);
            lock.notifyAll();
        }
        actions.forEach(Runnable::run);
    }
}
