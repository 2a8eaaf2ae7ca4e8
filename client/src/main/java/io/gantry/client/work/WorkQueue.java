package io.gantry.client.work;

import io.gantry.component.Distribution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Keys to be worked on, with client-go's guarantees (`k8s.io/client-go/util/workqueue`): a key waits at most once
/// however often it is added; no two workers hold the same key; a key added while a worker holds it comes again after
/// [#done]; order is first come, first served. Delayed keys need no thread: workers that wait in [#take] wake for them.
/// Thread-safe.
public final class WorkQueue<K> implements AutoCloseable {
    /// What delays are counted by, for queues made while it is bound: simulations have a time of their own.
    public static final ScopedValue<LongSupplier> NANO_TIME = ScopedValue.newInstance();

    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
    private static final int MAX_DOUBLINGS = 20;

    private record Delayed<K>(K key, long readyNanos) {}

    private final LongSupplier nanoTime = NANO_TIME.orElse(System::nanoTime);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<K> ready = new ArrayDeque<>();
    /// Since when they wait, and since when a worker has them.
    private final Map<K, Long> dirty = new HashMap<>();

    private final Map<K, Long> processing = new HashMap<>();
    private final PriorityQueue<Delayed<K>> delayed =
            new PriorityQueue<>((a, b) -> Long.signum(a.readyNanos() - b.readyNanos()));
    private final Map<K, Long> delayedUntil = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean closed;
    private long adds;
    private long retries;
    private final Distribution waited = new Distribution(QueueFigures.SECONDS);
    private final Distribution worked = new Distribution(QueueFigures.SECONDS);

    /// Adds the key unless it waits already.
    public void add(K key) {
        lock.lock();
        try {
            addReady(key);
        } finally {
            lock.unlock();
        }
    }

    /// Adds the key after a delay; of several delays for one key the shortest counts.
    public void addAfter(K key, Duration delay) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (delay.isNegative() || delay.isZero()) {
                addReady(key);
                return;
            }
            long at = nanoTime.getAsLong() + delay.toNanos();
            Long until = delayedUntil.get(key);
            if (until == null || at - until < 0) {
                delayedUntil.put(key, at);
                delayed.add(new Delayed<>(key, at));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Adds the key after a time that doubles with each call since the last [#forget].
    public void addRateLimited(K key) {
        lock.lock();
        try {
            retries++;
            int before = failures.merge(key, 1, Integer::sum) - 1;
            long millis = FIRST_RETRY.toMillis() << Math.min(before, MAX_DOUBLINGS);
            addAfter(key, Duration.ofMillis(Math.min(millis, LONGEST_RETRY.toMillis())));
        } finally {
            lock.unlock();
        }
    }

    /// How often [#addRateLimited] was called since the last [#forget].
    public int failures(K key) {
        lock.lock();
        try {
            return failures.getOrDefault(key, 0);
        } finally {
            lock.unlock();
        }
    }

    /// The key succeeded: its back-off starts anew.
    public void forget(K key) {
        lock.lock();
        try {
            failures.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /// The next key, which is the caller's until [#done]; empty when the queue is closed and drained. Blocks.
    public Optional<K> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                releaseDelayed();
                K key = ready.poll();
                if (key != null) {
                    given(key);
                    return Optional.of(key);
                }
                if (closed) {
                    return Optional.empty();
                }
                awaitChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The next key that is ready, as [#take], but without waiting.
    public Optional<K> poll() {
        lock.lock();
        try {
            releaseDelayed();
            K key = ready.poll();
            if (key != null) {
                given(key);
            }
            return Optional.ofNullable(key);
        } finally {
            lock.unlock();
        }
    }

    /// How long until the next delayed key is ready; empty when none waits.
    public Optional<Duration> nextDelay() {
        lock.lock();
        try {
            releaseDelayed();
            Delayed<K> first = delayed.peek();
            return first == null
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(Math.max(0, first.readyNanos() - nanoTime.getAsLong())));
        } finally {
            lock.unlock();
        }
    }

    /// The worker is done with the key, which comes again at once if it was added meanwhile.
    public void done(K key) {
        lock.lock();
        try {
            Long since = processing.remove(key);
            if (since != null) {
                worked.observe(seconds(since, nanoTime.getAsLong()));
            }
            if (dirty.containsKey(key)) {
                ready.add(key);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many keys wait now, delayed ones not counted.
    public int size() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /// How it fares, for metrics.
    public QueueFigures figures() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            double unfinished = 0;
            double longest = 0;
            for (long since : processing.values()) {
                double seconds = seconds(since, now);
                unfinished += seconds;
                longest = Math.max(longest, seconds);
            }
            return new QueueFigures(ready.size(), adds, retries, unfinished, longest, waited.copy(), worked.copy());
        } finally {
            lock.unlock();
        }
    }

    /// No more keys are taken in; delayed ones are dropped, waiting ones are still given out.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            delayed.clear();
            delayedUntil.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void addReady(K key) {
        if (closed || dirty.putIfAbsent(key, nanoTime.getAsLong()) != null) {
            return;
        }
        adds++;
        if (!processing.containsKey(key)) {
            ready.add(key);
            changed.signal();
        }
    }

    private void given(K key) {
        long now = nanoTime.getAsLong();
        Long since = dirty.remove(key);
        if (since != null) {
            waited.observe(seconds(since, now));
        }
        processing.put(key, now);
    }

    private static double seconds(long sinceNanos, long nowNanos) {
        return (nowNanos - sinceNanos) / 1e9;
    }

    private void releaseDelayed() {
        long now = nanoTime.getAsLong();
        Delayed<K> first = delayed.peek();
        while (first != null && first.readyNanos() - now <= 0) {
            delayed.poll();
            if (delayedUntil.remove(first.key(), first.readyNanos())) {
                addReady(first.key());
            }
            first = delayed.peek();
        }
    }

    private void awaitChange() throws InterruptedException {
        Delayed<K> first = delayed.peek();
        if (first == null) {
            changed.await();
        } else {
            changed.await(first.readyNanos() - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
        }
    }
}
