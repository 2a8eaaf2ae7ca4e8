package io.gantry.apiserver.audit;

import io.gantry.component.TokenBucket;
import io.gantry.component.VirtualThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets events wait until there are enough of them or it is time, so that whoever logs never waits (upstream
/// `plugin/pkg/audit/buffered`). What finds no room is dropped and counted: there is room for so many events as it is
/// told, and for a part of the memory, also of those that are on their way. Thread-safe.
final class BufferedBackend implements AuditBackend {
    private static final String NAME = "buffered";
    /// Batches on their way to a slow backend. Upstream has no limit.
    private static final int SENDING = 64;
    private static final int PART_OF_MEMORY = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// Comes last; no event is empty.
    private static final byte[] END = new byte[0];

    private final AuditBackend behind;
    private final Delivery.Batching batching;
    private final boolean several;
    private final Optional<TokenBucket> throttle;
    private final AuditMetrics metrics;
    private final InstantSource clock;
    private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
    private final Semaphore sending = new Semaphore(SENDING);
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final Object lock = new Object();
    private final long room;
    private final Thread thread;
    private int waiting;
    private long held;
    private boolean closed;
    private long lastBatch = System.nanoTime();

    /// @param behind blocks; closed with this one
    /// @param several whether it is called by several threads at a time: one batch need not wait for another
    BufferedBackend(
            AuditBackend behind,
            Delivery.Batching batching,
            boolean several,
            AuditMetrics metrics,
            InstantSource clock) {
        this.behind = behind;
        this.batching = batching;
        this.several = several;
        this.metrics = metrics;
        this.clock = clock;
        this.room = Runtime.getRuntime().maxMemory() / PART_OF_MEMORY;
        this.throttle = batching.throttle().map(limit -> new TokenBucket(limit.qps(), limit.burst(), clock.instant()));
        this.thread = VirtualThreads.background().name("audit-batches").start(this::run);
    }

    @Override
    public boolean take(List<byte[]> taken) {
        for (byte[] event : taken) {
            Optional<String> refused = enter(event);
            refused.ifPresent(why -> metrics.lost(NAME, 1, why));
        }
        return true;
    }

    private Optional<String> enter(byte[] event) {
        synchronized (lock) {
            if (closed) {
                return Optional.of("audit backend shut down");
            }
            if (waiting >= batching.bufferSize() || held + event.length > room) {
                return Optional.of("audit buffer queue blocked");
            }
            waiting++;
            held += event.length;
            events.add(event);
            return Optional.empty();
        }
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                List<byte[]> batch = new ArrayList<>();
                more = collect(batch);
                if (!batch.isEmpty()) {
                    send(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the first one, and then until there are enough or it is time.
    ///
    /// @return whether there is more to come
    private boolean collect(List<byte[]> batch) throws InterruptedException {
        byte[] next = events.take();
        long end = System.nanoTime() + untilNextBatch();
        while (next != null && next.length > 0) {
            batch.add(next);
            next = batch.size() == batching.maxSize()
                    ? null
                    : events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        lastBatch = System.nanoTime();
        synchronized (lock) {
            waiting -= batch.size();
        }
        return next == null || next.length > 0;
    }

    /// Batches leave in a rhythm that begins anew with each of them, as upstream's timer ticks on where nothing comes.
    private long untilNextBatch() {
        long wait = batching.maxWait().toNanos();
        return wait == 0 ? 0 : wait - (System.nanoTime() - lastBatch) % wait;
    }

    private void send(List<byte[]> batch) throws InterruptedException {
        awaitTurn();
        if (!several) {
            deliver(batch);
            return;
        }
        sending.acquire();
        VirtualThreads.background().name("audit-batch").start(() -> {
            try {
                deliver(batch);
            } finally {
                sending.release();
            }
        });
    }

    private void awaitTurn() throws InterruptedException {
        if (throttle.isEmpty()) {
            return;
        }
        long pause = (long) (TimeUnit.SECONDS.toMillis(1)
                / batching.throttle().orElseThrow().qps());
        boolean late = hurry.getCount() == 0;
        while (!late && !throttle.get().take(clock.instant())) {
            late = hurry.await(Math.max(1, pause), TimeUnit.MILLISECONDS);
        }
    }

    private void deliver(List<byte[]> batch) {
        behind.take(batch);
        long bytes = batch.stream().mapToLong(event -> event.length).sum();
        synchronized (lock) {
            held -= bytes;
        }
    }

    private int left() {
        synchronized (lock) {
            return waiting;
        }
    }

    @Override
    public void hurry() {
        hurry.countDown();
        behind.hurry();
    }

    /// Sends what waits, and ends; what is not sent in time is lost.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            events.add(END);
        }
        hurry();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            boolean sent =
                    thread.join(PATIENCE) && sending.tryAcquire(SENDING, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!sent) {
                metrics.lost(NAME, left(), "what was not sent before the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        behind.close();
    }
}
