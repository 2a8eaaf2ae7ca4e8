package io.gantry.controllermanager.podautoscaler;

import java.time.Duration;

/// How autoscalers work, from upstream's flags `--horizontal-pod-autoscaler-…`.
///
/// @param workers how many autoscalers are looked at at the same time
/// @param syncPeriod how often each is looked at
/// @param downscaleStabilization for how long the highest recommendation counts where the autoscaler does not say it
/// @param tolerance by which share a metric may differ from its target, where the autoscaler does not say it
/// @param cpuInitializationPeriod after a pod's start, in which its use of processors counts only while it is ready
/// @param initialReadinessDelay after a pod's start, in which it may become unready without ever having been ready
public record AutoscalerOptions(
        int workers,
        Duration syncPeriod,
        Duration downscaleStabilization,
        double tolerance,
        Duration cpuInitializationPeriod,
        Duration initialReadinessDelay) {
    /// Upstream's defaults.
    public static final AutoscalerOptions DEFAULTS = new AutoscalerOptions(
            5, Duration.ofSeconds(15), Duration.ofMinutes(5), 0.1, Duration.ofMinutes(5), Duration.ofSeconds(30));
}
