package io.gantry.apiserver;

import io.gantry.component.HealthCheck;
import io.gantry.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// How far a server is in its life, as its checks tell it. Thread-safe.
final class Readiness {
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();

    /// Says that all steps of the start are done.
    void started() {
        started.set(true);
    }

    /// Says that the server stops.
    ///
    /// @return whether it did not do so before
    boolean stop() {
        return stopping.compareAndSet(false, true);
    }

    /// The checks of `/readyz`, with upstream's names.
    ///
    /// @param store that must take writes
    List<HealthCheck> checks(Store store) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(HealthCheck.of("ping", Optional::empty));
        checks.add(HealthCheck.of("log", Optional::empty));
        checks.add(HealthCheck.of("etcd", () -> failure(store)));
        StartChecks.NAMES.forEach(name -> checks.add(HealthCheck.of(
                name, () -> started.get() || stopping.get() ? Optional.empty() : Optional.of("not finished"))));
        checks.add(HealthCheck.of(
                "shutdown", () -> stopping.get() ? Optional.of("process is shutting down") : Optional.empty()));
        return List.copyOf(checks);
    }

    private static Optional<String> failure(Store store) {
        try {
            store.checkWritable();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
