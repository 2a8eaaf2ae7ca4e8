package io.gantry.cli.node;

import io.gantry.cli.CliException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does and gives no event for (a socket that appears, a port that answers).
public final class Await {
    private static final Duration STEP = Duration.ofMillis(25);
    private static final int STEPS_BETWEEN_LOOKS = 10;

    private Await() {}

    /// True as soon as the condition holds; false after the limit.
    public static boolean until(Duration limit, BooleanSupplier condition) {
        return until(limit, condition, () -> {});
    }

    /// The same where waiting may be in vain.
    ///
    /// @param lookForFailure throws when it is; called at every tenth step, for it may cost more than the condition
    public static boolean until(Duration limit, BooleanSupplier condition, Runnable lookForFailure) {
        long end = System.nanoTime() + limit.toNanos();
        for (int step = 0; !condition.getAsBoolean(); step++) {
            if (step % STEPS_BETWEEN_LOOKS == 0) {
                lookForFailure.run();
            }
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
