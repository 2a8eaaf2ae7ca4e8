package io.gantry.kubelet.node;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.pod.PodStatusPlan;
import io.gantry.kubelet.pod.Qos;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Upstream's hard eviction thresholds: 100 MiB of memory, a tenth of the disk.
public final class NodePressure {
    private static final Logger LOG = LoggerFactory.getLogger(NodePressure.class);
    private static final long MEMORY_BYTES = 100L << 20;
    private static final int DISK_DIVISOR = 10;

    private NodePressure() {}

    /// What is short now.
    ///
    /// @param root a folder on the file system that pods use
    public static NodeObservation.Pressure read(Path root) {
        try {
            long available = MachineFacts.memoryInfo().getOrDefault("MemAvailable", Long.MAX_VALUE);
            FileStore disk = Files.getFileStore(root);
            boolean diskShort = disk.getUsableSpace() < disk.getTotalSpace() / DISK_DIVISOR;
            return new NodeObservation.Pressure(available < MEMORY_BYTES, diskShort, false);
        } catch (IOException failure) {
            LOG.debug("pressure not known", failure);
            return NodeObservation.Pressure.NONE;
        }
    }

    /// The pod to end under memory pressure (upstream `pkg/kubelet/eviction/helpers.go`, rankMemoryPressure): those
    /// above their request first, then the lowest priority, then the most above. Critical pods stay.
    public static Optional<Pod> victim(List<Pod> pods, List<ContainerUsage> usage) {
        return pods.stream()
                .filter(pod -> priority(pod) < 2_000_000_000
                        && !PodStatusPlan.isTerminal(pod.status().phase()))
                .min(Comparator.<Pod>comparingInt(pod -> above(pod, usage) > 0 ? 0 : 1)
                        .thenComparingInt(NodePressure::priority)
                        .thenComparing(Comparator.<Pod>comparingLong(pod -> above(pod, usage))
                                .reversed()));
    }

    private static int priority(Pod pod) {
        return Objects.requireNonNullElse(pod.spec().priority(), 0);
    }

    private static long above(Pod pod, List<ContainerUsage> usage) {
        String uid = PodIdentity.of(pod).uid();
        long used = usage.stream()
                .filter(u -> u.pod().uid().equals(uid))
                .mapToLong(ContainerUsage::workingSetBytes)
                .sum();
        long requested = pod.spec().containers().stream()
                .mapToLong(c ->
                        Qos.requests(c).getOrDefault("memory", Quantity.ZERO).value())
                .sum();
        return used - requested;
    }
}
