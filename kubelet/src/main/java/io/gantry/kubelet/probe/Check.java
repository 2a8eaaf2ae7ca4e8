package io.gantry.kubelet.probe;

/// One check of a container.
interface Check {
    /// Whether it succeeded, and what a failure says, or a success that is worth a warning.
    record Outcome(boolean succeeded, String message) {
        static final Outcome SUCCESS = new Outcome(true, "");

        static Outcome warning(String message) {
            return new Outcome(true, message);
        }

        static Outcome failure(String message) {
            return new Outcome(false, message);
        }
    }

    /// Blocks until the outcome is known, at most for its timeout.
    ///
    /// @throws io.gantry.kubelet.runtime.RuntimeFailure when it cannot be made, which says nothing of the container
    Outcome run();
}
