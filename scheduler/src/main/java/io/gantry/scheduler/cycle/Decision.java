package io.gantry.scheduler.cycle;

/// What a cycle came to for one pod.
public sealed interface Decision {
    /// @param feasible how many nodes would have done
    record Placed(String node, int feasible) implements Decision {}

    /// @param attempt the filters as they stood, for preemption
    record Unschedulable(Diagnosis diagnosis, Attempt attempt) implements Decision {}

    /// What preemption goes on from.
    record Attempt(PreparedFilters filters, Memory.Table memory) {}
}
