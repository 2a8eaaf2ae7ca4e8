package io.gantry.component;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Pauses between the tries of one thing: each twice as long as the one before it, up to a limit. One owner thread.
///
/// For what one process asks of another on its own machine, and what few ask of the API server; many that ask it at a
/// time need a jitter, as `io.gantry.client.work.Backoff` has it.
public final class DoublingPauses {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    /// @param first above zero
    /// @param longest no shorter than the first
    public DoublingPauses(Duration first, Duration longest) {
        if (!first.isPositive() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("pauses from " + first + " to " + longest);
        }
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /// How long to pause now.
    public Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return now;
    }

    /// Pauses, or less long where there is no more to be tried. Blocks.
    ///
    /// @param end what counts down to zero when there is no more to be tried
    /// @return whether that is so
    public boolean await(CountDownLatch end) throws InterruptedException {
        return end.await(next().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Tries until it is done, with a pause after each try that was in vain. Blocks.
    ///
    /// @param attempt says whether it is done
    /// @param end what counts down to zero when there is no more to be tried
    public void tryUntilDone(BooleanSupplier attempt, CountDownLatch end) throws InterruptedException {
        boolean isOver = attempt.getAsBoolean();
        while (!isOver) {
            isOver = await(end) || attempt.getAsBoolean();
        }
    }

    /// After a success: the next pause is the first one again.
    public void reset() {
        next = first;
    }
}
