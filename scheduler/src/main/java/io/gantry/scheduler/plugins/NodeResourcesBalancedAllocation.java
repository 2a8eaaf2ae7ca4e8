package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;
import java.util.List;

/// Prefers nodes where CPU and memory (or the configured resources) would be used to a like degree. No
/// opinion on pods that request none of them.
final class NodeResourcesBalancedAllocation implements LocalScorePlugin {
    private static final int PAIR = 2;

    private final List<ResourceWeight> resources;

    NodeResourcesBalancedAllocation(BalancedAllocationArgs args) {
        this.resources = args.resources();
    }

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public long score(PodInfo pod, NodeInfo node) {
        Resources wanted = pod.requests();
        if (resources.stream().allMatch(resource -> resource.in(wanted) == 0)) {
            return 0;
        }
        double[] shares = new double[resources.size()];
        int count = 0;
        for (ResourceWeight resource : resources) {
            long own = resource.in(wanted);
            long capacity = resource.in(node.allocatable());
            if (capacity > 0 && (own > 0 || resource.isBasic())) {
                shares[count++] = Math.min(1.0, (double) (resource.in(node.requested()) + own) / capacity);
            }
        }
        return (long) ((1 - deviation(shares, count)) * MAX_SCORE);
    }

    private static double deviation(double[] shares, int count) {
        if (count == PAIR) {
            return Math.abs(shares[0] - shares[1]) / PAIR;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += shares[i];
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (int i = 0; count > PAIR && i < count; i++) {
            squares += (shares[i] - mean) * (shares[i] - mean);
        }
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }
}
