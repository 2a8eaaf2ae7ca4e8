package io.gantry.scheduler.plugins;

import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.extender.Extenders;
import io.gantry.scheduler.framework.Permits;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What plugins work with beside the pod and the snapshot.
///
/// @param devices where decisions about claims of devices are kept and written
/// @param random for choices on the scheduling thread
public record PluginContext(
        ClusterView cluster,
        ClaimBinding claims,
        Devices devices,
        PodBinding pods,
        Permits permits,
        Nominations nominations,
        Supplier<DisruptionBudgets> budgets,
        RandomGenerator random,
        Extenders extenders) {
    /// The claims as the scheduler knows them, and how it writes them.
    public record Devices(ClaimLedger ledger, DeviceBinding binding) {
        /// Where no claim is ever bound.
        public static Devices none() {
            return new Devices(new ClaimLedger(), DeviceBinding.REFUSING);
        }
    }

    /// Without extenders and claims of devices.
    public PluginContext(
            ClusterView cluster,
            ClaimBinding claims,
            PodBinding pods,
            Permits permits,
            Nominations nominations,
            Supplier<DisruptionBudgets> budgets,
            RandomGenerator random) {
        this(cluster, claims, Devices.none(), pods, permits, nominations, budgets, random, Extenders.NONE);
    }
}
