package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
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
        Quantity cpuLimit = limits.getOrDefault("cpu", Quantity.ZERO);
        Quantity cpuRequest = requests.getOrDefault("cpu", cpuLimit);
        return new LinuxResources(
                shares(cpuRequest.milliValue()),
                QUOTA_PERIOD_MICROS,
                quota(cpuLimit.milliValue()),
                limits.getOrDefault("memory", Quantity.ZERO).value(),
                oomScoreAdj(pod, container, memoryCapacityBytes));
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
            case Burstable -> {
                long request = Qos.requests(container)
                        .getOrDefault("memory", Quantity.ZERO)
                        .value();
                long adjust = 1000 - 1000 * request / Math.max(1, memoryCapacityBytes);
                yield (int) Math.clamp(adjust, BEST_EFFORT_OOM + GUARANTEED_OOM, BEST_EFFORT_OOM - 1L);
            }
        };
    }
}
