package io.gantry.apiserver.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bytes that requests may hold at a time, so that the server refuses (429) before its memory is used up. Whoever comes
/// when nothing is taken gets what he asks for, however much: else a large request would never be served. Thread-safe.
public final class MemoryBudget {
    private static final long BODIES_PART = 24;
    private static final long ANSWERS_PART = 4;
    private static final long MIN_BYTES = 8L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private final long limit;
    private long taken;

    public MemoryBudget(long limitBytes) {
        this.limit = limitBytes;
    }

    /// For bodies of requests: an object as a tree is a dozen times its body.
    public static MemoryBudget forBodies() {
        return new MemoryBudget(Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / BODIES_PART));
    }

    /// For answers that are written anew, such as Tables.
    public static MemoryBudget forAnswers() {
        return new MemoryBudget(Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / ANSWERS_PART));
    }

    /// Takes bytes without waiting.
    ///
    /// @return false when there are not enough left
    public boolean tryTake(long bytes) {
        lock.lock();
        try {
            if (taken > 0 && taken + bytes > limit) {
                return false;
            }
            taken += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes bytes, waiting for others to give theirs back. Blocks a virtual thread.
    ///
    /// @return false when that took too long
    public boolean take(long bytes, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (taken > 0 && taken + bytes > limit) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = given.awaitNanos(nanos);
            }
            taken += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Gives bytes back.
    public void give(long bytes) {
        lock.lock();
        try {
            taken -= bytes;
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that are taken now.
    public long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
