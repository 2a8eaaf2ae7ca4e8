package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a pod's loop is told: the newest spec, that it is gone, that something happened. Thread-safe; one reader.
final class PodMailbox {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Pod latest;
    private boolean gone;
    private boolean closed;
    private boolean nudged;
    private Optional<PodStatusPlan.Ending> eviction = Optional.empty();
    private Optional<Thread> interruptible = Optional.empty();

    PodMailbox(Pod pod) {
        this.latest = pod;
    }

    void put(Pod pod) {
        with(() -> {
            latest = pod;
            if (pod.metadata().deletionTimestamp() != null) {
                interruptible.ifPresent(Thread::interrupt);
            }
        });
    }

    /// The API server no longer has the pod.
    void putGone() {
        with(() -> {
            gone = true;
            interruptible.ifPresent(Thread::interrupt);
        });
    }

    void evict(PodStatusPlan.Ending ending) {
        with(() -> eviction = Optional.of(ending));
    }

    /// Something happened: look again.
    void nudge() {
        with(() -> {});
    }

    /// The loop is to stop without touching the pod: the kubelet goes down.
    void close() {
        with(() -> {
            closed = true;
            interruptible.ifPresent(Thread::interrupt);
        });
    }

    private void with(Runnable change) {
        lock.lock();
        try {
            change.run();
            nudged = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Pod latest() {
        lock.lock();
        try {
            return latest;
        } finally {
            lock.unlock();
        }
    }

    boolean gone() {
        lock.lock();
        try {
            return gone;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the pod, or the kubelet, is on its way out.
    boolean ending() {
        lock.lock();
        try {
            return closed || gone || latest.metadata().deletionTimestamp() != null;
        } finally {
            lock.unlock();
        }
    }

    Optional<PodStatusPlan.Ending> eviction() {
        lock.lock();
        try {
            return eviction;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for news or the time, and returns the newest pod.
    Pod await(Instant until, Clock clock) throws InterruptedException {
        lock.lock();
        try {
            while (!nudged) {
                Instant now = clock.instant();
                Duration left = until.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, until);
                if (!left.isPositive() || !news.await(left.toNanos(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
            nudged = false;
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the time, or until closed, whatever else happens.
    void pause(Instant until, Clock clock) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Duration left = Duration.between(clock.instant(), until);
                if (!left.isPositive() || !news.await(left.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs work that the pod's end, or the kubelet's, interrupts.
    <T> T interruptibly(Work<T> work) throws StartFailure {
        lock.lock();
        try {
            if (ending()) {
                throw new StartFailure("ContainerCreating", "the pod ends");
            }
            interruptible = Optional.of(Thread.currentThread());
        } finally {
            lock.unlock();
        }
        try {
            return work.run();
        } finally {
            lock.lock();
            try {
                interruptible = Optional.empty();
                nudged |= Thread.interrupted();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Work that may fail to start a container.
    interface Work<T> {
        T run() throws StartFailure;
    }
}
