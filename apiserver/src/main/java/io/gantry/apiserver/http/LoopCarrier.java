package io.gantry.apiserver.http;

import io.gantry.component.VirtualThreads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Carries virtual threads on an event loop, and on the JDK's carriers while the loop stands still. It must not be the
/// loop alone: when the loop waits for a lock behind one of its own virtual threads, that thread has the lock next and
/// could never run. So as long as threads wait for the loop somebody looks whether it moves. Thread-safe.
final class LoopCarrier implements Executor {
    /// A loop that took up nothing for this time is taken for stuck.
    private static final Duration STILL = Duration.ofMillis(10);

    private final Executor loop;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Runnable next = this::next;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile long taken;

    LoopCarrier(Executor loop) {
        this.loop = loop;
    }

    /// Never refuses: whoever wakes a thread (the store, when a write is done) must not fail because a loop has ended.
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!watched.get() && watched.compareAndSet(false, true)) {
            VirtualThreads.background().name("loop-watch").start(this::watch);
        }
        try {
            loop.execute(next);
        } catch (RejectedExecutionException e) {
            moveOn();
        }
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

    /// As long as the loop carries something, so that a busy loop is watched by one thread.
    private void watch() {
        do {
            long before;
            do {
                before = taken;
                LockSupport.parkNanos(STILL.toNanos());
                if (taken == before) {
                    moveOn();
                }
            } while (taken != before);
            watched.set(false);
        } while (!tasks.isEmpty() && watched.compareAndSet(false, true));
    }

    /// The threads that wait go on without the loop.
    private void moveOn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            VirtualThreads.carriers().execute(task);
        }
    }
}
