package io.gantry.kubelet.runtime;

/// Limits of a container's cgroup; 0 leaves a limit unset.
///
/// @param cpuPeriodMicros and `cpuQuotaMicros`: so much of each period
public record LinuxResources(
        long cpuShares, long cpuPeriodMicros, long cpuQuotaMicros, long memoryLimitBytes, int oomScoreAdj) {
    public static final LinuxResources NONE = new LinuxResources(0, 0, 0, 0, 0);
}
