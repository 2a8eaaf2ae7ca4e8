package io.gantry.kubelet.simulated;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One timer thread for all nodes and pods, and virtual threads for their requests: for pods at most
/// [#MAX_REQUESTS] at a time, and beside them [#MAX_HEARTBEATS] for nodes, which must not wait behind a thousand pods'
/// statuses, or their nodes are taken for dead.
final class Timers implements AutoCloseable {
    private static final int MAX_REQUESTS = 32;
    private static final int MAX_HEARTBEATS = 48;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = Thread.ofPlatform().name("simulated-nodes").daemon().unstarted(task);
        return thread;
    });
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final Semaphore heartbeats = new Semaphore(MAX_HEARTBEATS);

    Timers() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Runs the task on a virtual thread soon.
    void execute(Runnable task) {
        if (!workers.isShutdown()) {
            workers.execute(task);
        }
    }

    /// Runs the task on a virtual thread after the delay.
    Future<?> after(Duration delay, Runnable task) {
        return timer.schedule(() -> execute(task), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    /// Runs a request of a pod when there is room for one more.
    void request(Runnable request) throws InterruptedException {
        limited(requests, request);
    }

    /// Runs a request of a node when there is room for one more.
    void heartbeat(Runnable request) throws InterruptedException {
        limited(heartbeats, request);
    }

    private static void limited(Semaphore room, Runnable request) throws InterruptedException {
        room.acquire();
        try {
            request.run();
        } finally {
            room.release();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
