package io.gantry.kubelet.probe;

/// One check of a container.
interface Check {
    /// Whether it succeeded, and what a failure says.
    record Outcome(boolean succeeded, String message) {
        static final Outcome SUCCESS = new Outcome(true, "");

        static Outcome failure(String message) {
            return new Outcome(false, message);
        }
    }

    /// Blocks until the outcome is known, at most for its timeout.
    Outcome run();
}
