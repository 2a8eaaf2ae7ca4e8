package io.gantry.kubelet.runtime;

import java.time.Instant;

/// One container's use of the machine.
///
/// @param cpuNanos core-nanoseconds since its start
public record ContainerUsage(
        String containerId,
        PodIdentity pod,
        String name,
        Instant at,
        long cpuNanos,
        long workingSetBytes,
        long usageBytes,
        long rssBytes,
        long writableBytes,
        long writableInodes) {}
