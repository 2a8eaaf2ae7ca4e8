package io.gantry.apiserver.http;

import io.gantry.component.VirtualThreads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Carries virtual threads on an event loop, and on the JDK's carriers while the loop stands still. It must not be the
/// loop alone: when the loop waits for a lock behind one of its own virtual threads, that thread has the lock next and
/// could never run. So as long as threads wait for the loop a [LoopWatch] looks whether it moves. Thread-safe.
final class LoopCarrier implements Executor {
    private final Executor loop;
    private final LoopWatch watch;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Runnable next = this::next;
    private volatile long taken;

    LoopCarrier(Executor loop, LoopWatch watch) {
        this.loop = loop;
        this.watch = watch;
    }

    /// Never refuses: whoever wakes a thread (the store, when a write is done) must not fail because a loop has ended.
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        try {
            loop.execute(next);
        } catch (RejectedExecutionException e) {
            moveOn();
        }
        watch.wake();
    }

    /// On the loop.
    @SuppressWarnings("NonAtomicVolatileUpdate") // The loop alone writes.
    private void next() {
        taken++;
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /// Whether threads wait for the loop.
    boolean isWaitedFor() {
        return !tasks.isEmpty();
    }

    /// How often the loop has taken something up.
    long taken() {
        return taken;
    }

    /// The threads that wait go on without the loop.
    void moveOn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            VirtualThreads.carriers().execute(task);
        }
    }
}
