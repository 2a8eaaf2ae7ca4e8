package io.gantry.apiserver.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Looks whether the event loops of a server move while virtual threads wait for them, and lets these go on elsewhere
/// when a loop does not. One thread for all loops, which rests while nothing waits: a request that comes alone wakes it
/// once. (A virtual thread that sleeps wakes its carrier and the JDK's timer, twice each.) Thread-safe.
final class LoopWatch implements AutoCloseable {
    /// A loop that took up nothing for this time, though threads waited for it all the while, is taken for stuck.
    private static final Duration STILL = Duration.ofMillis(10);

    /// A loop, and what the watch saw when it looked last. Used by the watch's thread only.
    private static final class Watched {
        private static final long NOT_WAITED_FOR = -1;

        private final LoopCarrier carrier;
        private long seen = NOT_WAITED_FOR;

        Watched(LoopCarrier carrier) {
            this.carrier = carrier;
        }

        /// @return whether threads wait for it
        boolean look() {
            long taken = carrier.taken();
            if (!carrier.isWaitedFor()) {
                seen = NOT_WAITED_FOR;
                return false;
            }
            if (seen == taken) {
                carrier.moveOn();
            }
            seen = taken;
            return true;
        }
    }

    private final List<Watched> loops = new CopyOnWriteArrayList<>();
    private final AtomicBoolean resting = new AtomicBoolean();
    private final Thread thread =
            Thread.ofPlatform().name("loop-watch").daemon().unstarted(this::run);
    private volatile boolean closed;

    LoopWatch() {
        thread.start();
    }

    LoopCarrier carrier(Executor loop) {
        LoopCarrier carrier = new LoopCarrier(loop, this);
        loops.add(new Watched(carrier));
        return carrier;
    }

    /// Something waits for a loop.
    void wake() {
        if (resting.get() && resting.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            boolean waitedFor = false;
            for (Watched loop : loops) {
                waitedFor |= loop.look();
            }
            if (waitedFor) {
                pause();
            } else {
                rest();
            }
        }
    }

    /// All of it: who comes back early takes a loop for stuck that had no time to move.
    private static void pause() {
        long end = System.nanoTime() + STILL.toNanos();
        for (long left = STILL.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void rest() {
        resting.set(true);
        if (loops.stream().anyMatch(loop -> loop.carrier.isWaitedFor())) {
            resting.set(false); // it came before anybody could see that this rests
        }
        while (resting.get() && !closed) {
            LockSupport.park(this);
        }
    }

    /// Nothing that waits for a loop goes on elsewhere any more. Call it when the loops have ended.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
