package io.gantry.controllermanager.common;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs many alike requests in batches that double from one (upstream `slowStartBatch`), so that a request that the
/// server refuses is refused once, not a thousand times.
public final class SlowStart {
    /// What a batch run came to.
    ///
    /// @param succeeded how many calls succeeded
    /// @param failures empty when all did
    public record Outcome(int succeeded, List<RuntimeException> failures) {}

    /// Bound to true where calls are to follow each other in order: in simulations.
    public static final ScopedValue<Boolean> IN_ORDER = ScopedValue.newInstance();

    private SlowStart() {}

    /// Calls `action` `count` times, stopping after the first batch with a failure. Blocks.
    public static Outcome run(int count, Runnable action) throws InterruptedException {
        int succeeded = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            int batch = 1;
            for (int left = count; left > 0; left -= batch, batch *= 2) {
                batch = Math.min(batch, left);
                List<RuntimeException> failures = batch(executor, batch, action);
                succeeded += batch - failures.size();
                if (!failures.isEmpty()) {
                    return new Outcome(succeeded, failures);
                }
            }
        }
        return new Outcome(succeeded, List.of());
    }

    private static List<RuntimeException> batch(ExecutorService executor, int size, Runnable action)
            throws InterruptedException {
        if (IN_ORDER.orElse(false)) {
            return inOrder(size, action);
        }
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            calls.add(executor.submit(action));
        }
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<?> call : calls) {
            try {
                call.get();
            } catch (ExecutionException e) {
                failures.add(
                        e.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(e.getCause()));
            }
        }
        return failures;
    }

    private static List<RuntimeException> inOrder(int size, Runnable action) {
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            try {
                action.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        return failures;
    }
}
