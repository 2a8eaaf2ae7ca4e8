package io.gantry.apiserver.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// When watches send. An event leaves at once, but a watch that gets them by the hundred sends what comes
/// within [#PERIOD] together: each piece costs both ends a TLS record, a frame, a system call and a change
/// of threads, which is more than the event itself. One timer serves all watches, and only while some wait.
/// Thread-safe.
final class Pulse {
    static final long PERIOD_MILLIS = 10;

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);

    /// How many times a watch that was quiet may send at once.
    static final int BURST = 20;

    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    private final Object lock = new Object();
    private List<Runnable> waiting = new ArrayList<>();

    /// @param nanos as [System#nanoTime()]
    Pulse(ScheduledExecutorService timer, LongSupplier nanos) {
        this.timer = timer;
        this.nanos = nanos;
    }

    /// Runs the action at the next beat, with all others that wait for it.
    private void atNextBeat(Runnable action) {
        synchronized (lock) {
            waiting.add(action);
            if (waiting.size() > 1 || timer.isShutdown()) {
                return;
            }
            timer.schedule(this::beat, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        List<Runnable> due;
        synchronized (lock) {
            due = waiting;
            waiting = new ArrayList<>();
        }
        due.forEach(Runnable::run);
    }

    /// The pace of one watch.
    ///
    /// @param send sends all there is; runs on the timer's thread
    Pace pace(Runnable send) {
        return new Pace(send);
    }

    /// One watch. Guarded by the watch's own lock, which `send` takes.
    final class Pace {
        private final Runnable send;
        private long credit = BURST * PERIOD_NANOS;
        private long counted = nanos.getAsLong();
        private boolean held;

        private Pace(Runnable send) {
            this.send = send;
        }

        /// Whether an event that came is to be sent now; if not, `send` runs soon.
        boolean now() {
            if (held) {
                return false;
            }
            if (take()) {
                return true;
            }
            held = true;
            atNextBeat(send);
            return false;
        }

        /// What was held is being sent.
        void sent() {
            if (held) {
                held = false;
                take();
            }
        }

        private boolean take() {
            long now = nanos.getAsLong();
            credit = Math.min(credit + now - counted, BURST * PERIOD_NANOS);
            counted = now;
            if (credit < PERIOD_NANOS) {
                return false;
            }
            credit -= PERIOD_NANOS;
            return true;
        }
    }
}
