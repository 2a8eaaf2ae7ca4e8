package io.gantry.scheduler.plugins;

import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.extender.Extenders;
import io.gantry.scheduler.framework.Permits;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What plugins work with beside the pod and the snapshot.
///
/// @param random for choices on the scheduling thread
public record PluginContext(
        ClusterView cluster,
        ClaimBinding claims,
        PodBinding pods,
        Permits permits,
        Nominations nominations,
        Supplier<DisruptionBudgets> budgets,
        RandomGenerator random,
        Extenders extenders) {
    /// Without extenders.
    public PluginContext(
            ClusterView cluster,
            ClaimBinding claims,
            PodBinding pods,
            Permits permits,
            Nominations nominations,
            Supplier<DisruptionBudgets> budgets,
            RandomGenerator random) {
        this(cluster, claims, pods, permits, nominations, budgets, random, Extenders.NONE);
    }
}
