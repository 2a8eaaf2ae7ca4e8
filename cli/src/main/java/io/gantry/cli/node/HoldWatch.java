package io.gantry.cli.node;

import io.gantry.cli.CliException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Does what waits for processes in many places, and ends it soon when one of them is held by a signal, wherever it
/// waits: nothing that a held process should answer ends before its time limit.
///
/// @param look those that are held now
/// @param grace how long one may be held: whoever holds several lets them go on one after the other
public record HoldWatch(Supplier<List<HeldProcess>> look, Duration grace) {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final long STEP_MILLIS = 1_000;

    public HoldWatch(Supplier<List<HeldProcess>> look) {
        this(look, GRACE);
    }

    /// The result of the work, which runs in a thread of its own. Begins when nothing is held.
    ///
    /// @throws CliException by name, when one is held; the work is interrupted then, and left behind
    public <T> T during(Callable<T> work) throws Exception {
        refuse();
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("watched-for-holds").start(task);
        while (true) {
            try {
                return task.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillAtIt) {
                refuse(task);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw failed;
            }
        }
    }

    private void refuse(FutureTask<?> task) {
        try {
            refuse();
        } catch (CliException held) {
            task.cancel(true);
            throw held;
        }
    }

    private void refuse() {
        if (!Await.until(grace, () -> look.get().isEmpty())) {
            List<HeldProcess> held = look.get();
            if (!held.isEmpty()) {
                throw new CliException(HeldProcess.words(held));
            }
        }
    }
}
