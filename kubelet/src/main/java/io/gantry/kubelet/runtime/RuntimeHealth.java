package io.gantry.kubelet.runtime;

/// The runtime's two conditions.
public record RuntimeHealth(Condition runtime, Condition network) {
    /// One condition with upstream's reason and message where it is not met.
    public record Condition(boolean ready, String reason, String message) {
        public static Condition met() {
            return new Condition(true, "", "");
        }
    }
}
