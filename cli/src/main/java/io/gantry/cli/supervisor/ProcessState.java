package io.gantry.cli.supervisor;

import java.time.Duration;
import java.time.Instant;

/// What the supervisor knows of a process; kept in a file, so that a new supervisor adopts what runs.
///
/// @param pid 0 while it waits to be restarted
/// @param startedMillis the process's start by the kernel, milliseconds since the epoch: a reused pid differs
/// @param restarts how often it was started again, by this supervisor and those before it
/// @param failures how often in a row it ended, under this supervisor, without having run well
///     ([RestartBackoff#RAN_WELL])
/// @param lastExit how it last ended, in words; empty when it never did
/// @param waiting whether it does not run because nobody wants it
public record ProcessState(
        String name,
        long pid,
        long startedMillis,
        int restarts,
        int failures,
        String lastExit,
        String health,
        boolean waiting) {
    private static final int MANY = 3;

    /// Whether it ends again and again: what ended often and runs well since does not.
    public boolean keepsEnding(Instant now) {
        Duration runs = pid == 0 ? Duration.ZERO : Duration.between(Instant.ofEpochMilli(startedMillis), now);
        return failures >= MANY && runs.compareTo(RestartBackoff.RAN_WELL) < 0;
    }
}
