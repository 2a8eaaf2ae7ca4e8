package io.gantry.apiserver.outgoing;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// Until when something may take.
///
/// @param nanos by `System.nanoTime`
/// @param bounded false for no end
public record Deadline(long nanos, boolean bounded) {
    /// The words that Go clients look for.
    public static final String EXCEEDED = "context deadline exceeded";

    private static final long NANOS_PER_MILLI = 1_000_000;

    public static Deadline none() {
        return new Deadline(0, false);
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), true);
    }

    /// What is left in milliseconds, at most `limit` (0: no limit of its own); 0 is no end.
    ///
    /// @throws SocketTimeoutException when nothing is left
    int millis(int limit) throws SocketTimeoutException {
        if (!bounded) {
            return limit;
        }
        long left = (nanos - System.nanoTime()) / NANOS_PER_MILLI;
        if (left <= 0) {
            throw new SocketTimeoutException(EXCEEDED);
        }
        int bound = (int) Math.min(left, Integer.MAX_VALUE);
        return limit == 0 ? bound : Math.min(bound, limit);
    }
}
