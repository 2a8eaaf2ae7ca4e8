package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;

/// Prefers nodes where CPU and memory would be used to a like degree. No opinion on pods that request nothing.
final class NodeResourcesBalancedAllocation implements ScorePlugin {
    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        Resources wanted = pod.requests();
        if (wanted.milliCpu() == 0 && wanted.memory() == 0) {
            return new long[0];
        }
        long[] scores = new long[feasible.size()];
        for (int i = 0; i < scores.length; i++) {
            NodeInfo node = feasible.get(i);
            double cpu = share(
                    node.requested().milliCpu() + wanted.milliCpu(),
                    node.allocatable().milliCpu());
            double memory = share(
                    node.requested().memory() + wanted.memory(),
                    node.allocatable().memory());
            scores[i] = (long) ((1 - Math.abs(cpu - memory) / 2) * MAX_SCORE);
        }
        return scores;
    }

    private static double share(long requested, long capacity) {
        return capacity == 0 ? 0 : Math.min(1.0, (double) requested / capacity);
    }
}
