package io.gantry.scheduler.cycle;

/// What a scheduling cycle decided for one pod.
public sealed interface Decision {
    /// A node was found.
    ///
    /// @param feasible how many nodes would have done
    record Placed(String node, int feasible) implements Decision {}

    /// No node would do.
    record Unschedulable(Diagnosis diagnosis) implements Decision {}
}
