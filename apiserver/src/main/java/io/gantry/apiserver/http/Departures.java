package io.gantry.apiserver.http;

import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the streams of one connection have to send at the same moment: one event goes to many watches, of which a
/// connection has several. They write one after the other on the event loop, and what they wrote leaves together: one
/// task, one TLS record and one system call, where each watch for itself had all three. Thread-safe.
final class Departures {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable flush;
    /// Used on the event loop only.
    private boolean running;

    /// @param flush sends what was written; called on the event loop
    Departures(Runnable flush) {
        this.flush = flush;
    }

    /// Runs an action soon.
    void add(EventExecutor loop, Runnable action) {
        waiting.add(action);
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::run);
            } catch (RejectedExecutionException e) {
                waiting.clear(); // the server ends, and its connections with it
            }
        }
    }

    /// Whether what is written now will be flushed by this. On the event loop.
    boolean running() {
        return running;
    }

    private void run() {
        scheduled.set(false);
        running = true;
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        } finally {
            running = false;
            flush.run();
        }
    }
}
