package io.gantry.scheduler;

import io.gantry.api.StatusException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what writes to the API server beside the scheduling thread, on virtual threads, a limited number
/// at a time.
/// Thread-safe.
final class Writes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
    /// How many writes may be on their way at a time.
    private static final int MAX_WRITES = 64;

    private final Semaphore free = new Semaphore(MAX_WRITES);
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

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
        writers.shutdownNow();
    }
}
