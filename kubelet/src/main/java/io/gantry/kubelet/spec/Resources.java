package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.pod.Qos;
import io.gantry.kubelet.runtime.LinuxResources;
import java.util.Map;

/// Cgroup limits from requests and limits (upstream `pkg/kubelet/cm/helpers_linux.go` and `pkg/kubelet/qos`). Pure.
public final class Resources {
    public static final long QUOTA_PERIOD_MICROS = 100_000;
    private static final long MIN_QUOTA_MICROS = 1_000;
    private static final long MIN_SHARES = 2;
    private static final long MAX_SHARES = 262_144;
    private static final long SHARES_PER_CPU = 1024;
    private static final int GUARANTEED_OOM = -997;
    private static final int BEST_EFFORT_OOM = 1000;

    private Resources() {}

    public static LinuxResources of(Pod pod, Container container, long memoryCapacityBytes) {
        Map<String, Quantity> limits = Qos.limits(container);
        Map<String, Quantity> requests = Qos.requests(container);
        Quantity cpuLimit = limit(pod, limits, "cpu");
        Quantity cpuRequest = requests.getOrDefault("cpu", cpuLimit);
        return new LinuxResources(
                shares(cpuRequest.milliValue()),
                QUOTA_PERIOD_MICROS,
                quota(cpuLimit.milliValue()),
                limit(pod, limits, "memory").value(),
                oomScoreAdj(pod, container, memoryCapacityBytes));
    }

    /// The container's limit, else that of its pod as a whole.
    private static Quantity limit(Pod pod, Map<String, Quantity> limits, String resource) {
        Quantity own = limits.getOrDefault(resource, Quantity.ZERO);
        return own.amount().signum() != 0
                ? own
                : PodResources.limitsOf(pod.spec().resources()).getOrDefault(resource, Quantity.ZERO);
    }

    public static long shares(long milliCpu) {
        return Math.clamp(milliCpu * SHARES_PER_CPU / 1000, MIN_SHARES, MAX_SHARES);
    }

    /// 0 where nothing is limited.
    public static long quota(long milliCpu) {
        return milliCpu == 0 ? 0 : Math.max(MIN_QUOTA_MICROS, milliCpu * QUOTA_PERIOD_MICROS / 1000);
    }

    static int oomScoreAdj(Pod pod, Container container, long memoryCapacityBytes) {
        Integer priority = pod.spec().priority();
        if (priority != null && priority >= 2_000_000_000) {
            return GUARANTEED_OOM;
        }
        return switch (Qos.of(pod)) {
            case Guaranteed -> GUARANTEED_OOM;
            case BestEffort -> BEST_EFFORT_OOM;
            case Burstable -> burstableOom(pod, container, Math.max(1, memoryCapacityBytes));
        };
    }

    /// The more memory is asked for, the later it is killed; a sidecar not before the regular containers.
    private static int burstableOom(Pod pod, Container container, long capacityBytes) {
        long request = memoryRequest(container);
        if (PodResources.isSidecar(container)) {
            request = Math.max(
                    request,
                    pod.spec().containers().stream()
                            .mapToLong(Resources::memoryRequest)
                            .min()
                            .orElse(0));
        }
        long adjust = 1000 - 1000 * (request + unassignedMemory(pod)) / capacityBytes;
        return (int) Math.clamp(adjust, BEST_EFFORT_OOM + GUARANTEED_OOM, BEST_EFFORT_OOM - 1L);
    }

    /// Each container's part of what the pod asks for and no container does.
    private static long unassignedMemory(Pod pod) {
        long whole = memory(PodResources.requestsOf(pod.spec().resources()));
        if (whole == 0) {
            return 0;
        }
        int containers = PodResources.allContainers(pod.spec()).size();
        return (whole - memory(PodResources.containerRequests(pod.spec()))) / containers;
    }

    private static long memoryRequest(Container container) {
        return memory(Qos.requests(container));
    }

    private static long memory(Map<String, Quantity> amounts) {
        return amounts.getOrDefault("memory", Quantity.ZERO).value();
    }
}
