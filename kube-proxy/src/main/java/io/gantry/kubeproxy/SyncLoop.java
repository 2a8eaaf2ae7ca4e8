package io.gantry.kubeproxy;

import io.gantry.client.work.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one piece of work again whenever something changed. Changes are noted by any thread and worked off together by
/// one, at once when it is idle, else at most every [#MIN_PERIOD] and at most half of the time; what failed is tried
/// again, later each time. While nothing changes it is looked now and then whether all is still there.
final class SyncLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);
    private static final Duration MIN_PERIOD = Duration.ofMillis(50);
    /// As long may what another program took away be missing.
    private static final Duration LOOK_PERIOD = Duration.ofSeconds(10);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /// Looks whether what was done is still there. What keeps it from looking says nothing of that.
    @FunctionalInterface
    interface Look {
        boolean isIntact() throws IOException;
    }

    private final BooleanSupplier work;
    private final Look look;
    private final Duration lookPeriod;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new SplittableRandom());
    private boolean dirty = true;
    private boolean closed;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    /// @param work true when all is done, false to be called again
    /// @param look where it finds that something is gone, `work` does it again
    SyncLoop(BooleanSupplier work, Look look) {
        this(work, look, LOOK_PERIOD);
    }

    SyncLoop(BooleanSupplier work, Look look, Duration lookPeriod) {
        this.work = work;
        this.look = look;
        this.lookPeriod = lookPeriod;
    }

    void start(String name) {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /// Notes that something changed. Never blocks for long.
    void wake() {
        lock.lock();
        try {
            dirty = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                long start = System.nanoTime();
                if (work.getAsBoolean()) {
                    backoff.reset();
                    Duration taken = Duration.ofNanos(System.nanoTime() - start);
                    pause(taken.compareTo(MIN_PERIOD) > 0 ? taken : MIN_PERIOD, false);
                } else {
                    pause(backoff.next(), true);
                    wake();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    /// @return false when this was closed
    private boolean awaitWork() throws InterruptedException {
        boolean news = awaitNews();
        while (!news && isIntact()) {
            news = awaitNews();
        }
        lock.lockInterruptibly();
        try {
            dirty = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isIntact() {
        try {
            return look.isIntact();
        } catch (IOException e) {
            LOG.warn("{} cannot see whether its rules are still there", thread.getName(), e);
            return true;
        }
    }

    /// @return false when the time to look has come
    private boolean awaitNews() throws InterruptedException {
        long left = lookPeriod.toNanos();
        lock.lockInterruptibly();
        try {
            while (!dirty && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return dirty || closed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the time to pass, or for news where they may end the wait.
    private void pause(Duration time, boolean endsOnNews) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        lock.lockInterruptibly();
        try {
            long left = until - System.nanoTime();
            while (left > 0 && !closed && !(endsOnNews && dirty)) {
                if (!changed.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
                left = until - System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
