package io.gantry.cli.node;

import io.gantry.cli.CliException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does and gives no event for (a socket that appears, a port that answers).
public final class Await {
    private static final Duration STEP = Duration.ofMillis(25);

    private Await() {}

    /// True as soon as the condition holds; false after the limit.
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(STEP.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new CliException("interrupted");
            }
        }
        return true;
    }
}
