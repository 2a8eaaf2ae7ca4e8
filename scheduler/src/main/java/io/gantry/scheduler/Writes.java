package io.gantry.scheduler;

import io.gantry.api.StatusException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what writes to the API server beside the decisions, a limited number at a time.
/// Thread-safe.
public final class Writes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
    /// How many writes may be on their way at a time.
    private static final int MAX_WRITES = 64;

    private final Semaphore free;
    private final Executor writers;
    private final Runnable stop;

    private Writes(Executor writers, int limit, Runnable stop) {
        this.writers = writers;
        this.free = new Semaphore(limit);
        this.stop = stop;
    }

    /// Each on a thread of its own.
    static Writes onVirtualThreads() {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        return new Writes(threads, MAX_WRITES, threads::shutdownNow);
    }

    /// Where the caller runs them, with no limit.
    public static Writes by(Executor executor) {
        return new Writes(executor, Integer.MAX_VALUE, () -> {});
    }

    /// Runs it soon; waits while too many are running. Refusals of the API server are logged.
    void run(Runnable write) throws InterruptedException {
        free.acquire();
        writers.execute(() -> {
            try {
                write.run();
            } catch (StatusException e) {
                LOG.warn("status of a pod not written: {}", e.getMessage());
            } finally {
                free.release();
            }
        });
    }

    /// Runs at once what may wait for minutes and must not hold up others.
    void runUnlimited(Runnable write) {
        writers.execute(write);
    }

    /// Interrupts what is running.
    @Override
    public void close() {
        stop.run();
    }
}
