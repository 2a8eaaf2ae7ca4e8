package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Sends large bodies in slices, so that none keeps an event loop from others, or more bytes outside the heap than a
/// slice. The large answers of a loop take turns, a slice at a time, and in between the loop serves everybody else.
/// While small answers leave the server too, all large ones together get only a share of the processor, for the client
/// that reads them wants as much of it again. Thread-safe.
final class LargeBodies {
    static final int SLICE_BYTES = 512 * 1024;

    /// A slice while others are served: a small answer waits for one of them at most.
    static final int BUSY_SLICE_BYTES = 128 * 1024;

    /// Between two slices while others are served. Encrypting and sending a slice takes a quarter of it.
    static final long PAUSE_NANOS = 500_000;

    /// Between two pieces of work on other threads while others are served. A piece takes a third of it.
    static final long WORK_PAUSE_NANOS = 1_500_000;

    /// How long a small answer counts as recent.
    static final long RECENT_NANOS = 10_000_000;

    private final LongSupplier nanoTime;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong nextSlice;
    private volatile long lastSmall;
    private final FastThreadLocal<Turns> turns = new FastThreadLocal<>() {
        @Override
        protected Turns initialValue() {
            return new Turns();
        }
    };

    LargeBodies(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastSmall = nanoTime.getAsLong() - RECENT_NANOS;
        this.nextSlice = new AtomicLong(lastSmall);
    }

    /// Writes a slice and flushes it.
    interface Writer {
        /// @param slice the callee's
        /// @return done when the slice has left or never will
        Future<?> write(ByteBuf slice, boolean last);
    }

    static boolean isLarge(ByteBuf body) {
        return body.readableBytes() > SLICE_BYTES;
    }

    /// A small answer leaves.
    void small() {
        if (running.get() > 0) {
            lastSmall = nanoTime.getAsLong();
        }
    }

    /// Sends a body. Called on the event loop of its connection.
    ///
    /// @param body taken over
    void send(EventExecutor loop, ByteBuf body, Writer writer) {
        begin();
        turns.get().add(loop, new Sending(body, writer));
    }

    /// A large answer is worked on elsewhere, until [#end].
    void begin() {
        running.incrementAndGet();
    }

    void end() {
        running.decrementAndGet();
    }

    /// Lets others have the processor: to be called by a virtual thread about every half a millisecond, for it keeps
    /// its carrier as long as it does not block.
    @SuppressWarnings("ThreadPriorityCheck") // what is right does not rely on it
    void letOthersWork() throws InterruptedException {
        long nanos = delayNanos(WORK_PAUSE_NANOS);
        if (nanos == 0) {
            Thread.yield();
        } else {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    /// How long the next slice must wait.
    long delayNanos() {
        return delayNanos(PAUSE_NANOS);
    }

    private long delayNanos(long pause) {
        long now = nanoTime.getAsLong();
        if (!busy(now)) {
            return 0;
        }
        return nextSlice.updateAndGet(next -> Math.max(next, now) + pause) - now;
    }

    private boolean busy(long now) {
        return now - lastSmall < RECENT_NANOS;
    }

    /// A body on its way. Used on its event loop only.
    private final class Sending {
        private final ByteBuf body;
        private final Writer writer;

        Sending(ByteBuf body, Writer writer) {
            this.body = body;
            this.writer = writer;
        }

        private ByteBuf next(int count) {
            return body instanceof ChainedBytes chained ? chained.readOutside(count) : body.readRetainedSlice(count);
        }

        void slice(EventExecutor loop, Turns line) {
            int most = busy(nanoTime.getAsLong()) ? BUSY_SLICE_BYTES : SLICE_BYTES;
            int count = Math.min(most, body.readableBytes());
            boolean last = count == body.readableBytes();
            writer.write(next(count), last).addListener(written -> {
                if (last || !written.isSuccess()) {
                    body.release();
                    end();
                } else if (loop.inEventLoop()) {
                    line.add(loop, this);
                } else {
                    loop.execute(() -> line.add(loop, this));
                }
            });
        }
    }

    /// The large answers of one event loop that have a slice to send.
    private final class Turns {
        private final Queue<Sending> waiting = new ArrayDeque<>();
        private boolean scheduled;

        void add(EventExecutor loop, Sending sending) {
            waiting.add(sending);
            schedule(loop);
        }

        /// A scheduled task runs in a later round of the loop, after the connections that have something to read.
        private void schedule(EventExecutor loop) {
            if (!scheduled && !waiting.isEmpty()) {
                scheduled = true;
                loop.schedule(() -> next(loop), delayNanos(), TimeUnit.NANOSECONDS);
            }
        }

        private void next(EventExecutor loop) {
            scheduled = false;
            Sending sending = waiting.poll();
            if (sending != null) {
                sending.slice(loop, this);
            }
            schedule(loop);
        }
    }
}
