package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;

/// Prefers nodes where CPU and memory would be used to a like degree. No opinion on pods that request nothing.
final class NodeResourcesBalancedAllocation implements LocalScorePlugin {
    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public long score(PodInfo pod, NodeInfo node) {
        Resources wanted = pod.requests();
        if (wanted.milliCpu() == 0 && wanted.memory() == 0) {
            return 0;
        }
        double cpu = share(
                node.requested().milliCpu() + wanted.milliCpu(),
                node.allocatable().milliCpu());
        double memory = share(
                node.requested().memory() + wanted.memory(), node.allocatable().memory());
        return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX_SCORE);
    }

    private static double share(long requested, long capacity) {
        return capacity == 0 ? 0 : Math.min(1.0, (double) requested / capacity);
    }
}
