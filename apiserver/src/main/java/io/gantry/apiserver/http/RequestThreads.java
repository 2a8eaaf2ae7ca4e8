package io.gantry.apiserver.http;

import io.gantry.component.VirtualThreads;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// A virtual thread for each request that cannot be answered at once. What is brief runs on its connection's own event
/// loop: it waits for the store there without holding the loop, and neither reading the request nor writing its answer
/// wakes another thread. Everything else has the JDK's carriers. Thread-safe.
final class RequestThreads implements AutoCloseable {
    private static final String NAME = "request-";

    private final ExecutorService background =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(NAME, 0).factory());
    private final Map<Executor, Optional<ExecutorService>> onLoops = new ConcurrentHashMap<>();
    private final LoopWatch watch = new LoopWatch();

    /// @param loop of the connection
    /// @param brief whether the work computes little and never holds its carrier
    /// @throws RejectedExecutionException after [#shutdown]
    void execute(Executor loop, boolean brief, Runnable work) {
        if (brief) {
            onLoops.computeIfAbsent(loop, this::on).orElse(background).execute(work);
        } else {
            background.execute(work);
        }
    }

    private Optional<ExecutorService> on(Executor loop) {
        return VirtualThreads.on(watch.carrier(loop))
                .map(builder ->
                        Executors.newThreadPerTaskExecutor(builder.name(NAME, 0).factory()));
    }

    /// Takes no more work.
    void shutdown() {
        background.shutdown();
        onLoops.values().forEach(threads -> threads.ifPresent(ExecutorService::shutdown));
    }

    /// Whether all work ended within a time.
    boolean awaitTermination(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        boolean ended = background.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        for (Optional<ExecutorService> threads : onLoops.values()) {
            if (threads.isPresent()) {
                ended &= threads.get().awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
        return ended;
    }

    /// Interrupts what runs.
    void shutdownNow() {
        background.shutdownNow();
        onLoops.values().forEach(threads -> threads.ifPresent(ExecutorService::shutdownNow));
    }

    /// Call it when the loops have ended.
    @Override
    public void close() {
        watch.close();
    }
}
