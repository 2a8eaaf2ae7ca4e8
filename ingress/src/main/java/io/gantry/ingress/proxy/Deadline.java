package io.gantry.ingress.proxy;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Acts when something has not happened in time. Setting it anew is cheap: a timer that fires too early is set again
/// for the rest. Used on one event loop.
final class Deadline {
    private final EventExecutor loop;
    private final Runnable action;
    private @Nullable ScheduledFuture<?> timer;
    private long timerNanos;
    private long endNanos;
    private boolean set;

    Deadline(EventExecutor loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    void in(Duration limit) {
        endNanos = System.nanoTime() + limit.toNanos();
        set = true;
        if (timer == null || timerNanos - endNanos > 0) {
            stopTimer();
            arm();
        }
    }

    void clear() {
        set = false;
    }

    /// For good.
    void stop() {
        set = false;
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void arm() {
        timerNanos = endNanos;
        timer = loop.schedule(this::fired, endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void fired() {
        timer = null;
        if (!set) {
            return;
        }
        if (endNanos - System.nanoTime() > 0) {
            arm();
        } else {
            set = false;
            action.run();
        }
    }
}
