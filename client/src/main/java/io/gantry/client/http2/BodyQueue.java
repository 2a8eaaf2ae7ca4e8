package io.gantry.client.http2;

import io.gantry.client.http.Chunks;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A body between the thread that reads the connection and the one that wants it. What waits here is limited by the
/// stream's window, which opens as pieces are taken.
final class BodyQueue implements Chunks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private final IntConsumer taken;
    private final Runnable cancel;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean waiting;
    private long deadline;

    /// @param taken is told how many bytes have been taken
    /// @param cancel ends the request when the body is no longer wanted
    BodyQueue(IntConsumer taken, Runnable cancel) {
        this.taken = taken;
        this.cancel = cancel;
    }

    void add(byte[] piece) {
        lock.lock();
        try {
            pieces.add(piece);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more comes.
    ///
    /// @param why null when the body is complete
    void end(@Nullable IOException why) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = why;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets a reader that has waited too long go. A reader sets no alarm of its own: it waits a thousand times a second
    /// and hardly ever too long.
    void expire(long now) {
        lock.lock();
        try {
            if (waiting && now - deadline > 0) {
                end(new SocketTimeoutException("nothing came in time"));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] next(Duration silence) throws IOException, InterruptedException {
        byte[] piece;
        lock.lockInterruptibly();
        try {
            if (pieces.isEmpty() && !ended) {
                deadline = System.nanoTime() + silence.toNanos();
                waiting = true;
                while (pieces.isEmpty() && !ended) {
                    changed.await();
                }
            }
            piece = pieces.poll();
            if (piece == null && failure != null) {
                throw new IOException("the stream broke: " + failure.getMessage(), failure);
            }
        } finally {
            waiting = false;
            lock.unlock();
        }
        if (piece != null) {
            taken.accept(piece.length);
        }
        return piece;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            pieces.clear();
            end(null);
        } finally {
            lock.unlock();
        }
        cancel.run();
    }
}
