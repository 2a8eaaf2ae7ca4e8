package io.gantry.cli.supervisor;

import java.time.Duration;

/// How long to wait before a process is started again: at once the first time, then doubling from 200 ms to 10 s;
/// forgotten after it ran well for 30 s. Pure.
///
/// @param failures ends in a row without having run well
public record RestartBackoff(int failures) {
    public static final Duration FIRST = Duration.ofMillis(200);
    public static final Duration LONGEST = Duration.ofSeconds(10);
    public static final Duration RAN_WELL = Duration.ofSeconds(30);

    public static final RestartBackoff FRESH = new RestartBackoff(0);

    /// After the process ended.
    public RestartBackoff ended(Duration ran) {
        return new RestartBackoff(ran.compareTo(RAN_WELL) >= 0 ? 1 : failures + 1);
    }

    /// The wait before the next start.
    public Duration delay() {
        if (failures <= 1) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - 2, 16);
        Duration delay = FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
