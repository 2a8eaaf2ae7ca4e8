package io.gantry.apiserver.audit;

import java.util.List;

/// The way to one backend: large events are made smaller, then buffered or not. Thread-safe.
///
/// @param delivery what `backend` was made by
record AuditRoute(AuditBackend backend, Delivery delivery, AuditMetrics metrics) {
    /// Blocks unless [#buffers].
    ///
    /// @return whether the request may go on
    boolean take(AuditEvent event) {
        long limit =
                delivery.truncation().map(Delivery.Truncation::maxEventBytes).orElse(Long.MAX_VALUE);
        AuditEvent fitting = event;
        if (event.json().length > limit && event.level().atLeast(AuditLevel.REQUEST)) {
            fitting = event.truncated();
        }
        if (fitting.json().length > limit) {
            metrics.lost("truncate", 1, "event is too large even after truncating");
            return true;
        }
        return backend.take(List.of(fitting.json())) || delivery.mode() != Delivery.Mode.BLOCKING_STRICT;
    }

    /// Whether nobody waits for it.
    boolean buffers() {
        return delivery.mode() == Delivery.Mode.BATCH;
    }
}
