package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;

/// Prepares the node's side of a pod before it is bound.
public interface PreBindPlugin extends Plugin {
    /// Does what must be done before the binding; may block for long. Runs on a virtual thread of its own.
    ///
    /// @throws PreBindException when the pod cannot be bound now
    /// @throws InterruptedException when the scheduler stops
    void preBind(PodInfo pod, String node) throws InterruptedException;

    /// The pod cannot be bound now; it is scheduled again later.
    final class PreBindException extends RuntimeException {
        public PreBindException(String message) {
            super(message);
        }
    }
}
