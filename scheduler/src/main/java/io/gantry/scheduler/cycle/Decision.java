package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.PostFilterPlugin;

/// What a cycle came to for one pod.
public sealed interface Decision {
    /// @param feasible how many nodes would have done
    record Placed(String node, int feasible) implements Decision {}

    /// @param attempt what post-filter plugins go on from; valid until the next cycle
    record Unschedulable(Diagnosis diagnosis, PostFilterPlugin.Failed attempt) implements Decision {}
}
