package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The node must have the requested resources left; prefers nodes with the most left (LeastAllocated).
final class NodeResourcesFit implements FilterPlugin, ScorePlugin {
    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        Resources wanted = pod.requests();
        return Preparation.each(node -> check(wanted, node));
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        Resources wanted = pod.nonZeroRequests();
        long[] scores = new long[feasible.size()];
        for (int i = 0; i < scores.length; i++) {
            NodeInfo node = feasible.get(i);
            Resources has = node.allocatable();
            Resources used = node.nonZeroRequested();
            long cpu = left(used.milliCpu() + wanted.milliCpu(), has.milliCpu());
            long memory = left(used.memory() + wanted.memory(), has.memory());
            scores[i] = (cpu + memory) / 2;
        }
        return scores;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded added -> couldFit(pod, NodeInfo.of(added.node()));
            case ClusterEvent.NodeChanged changed -> {
                NodeInfo after = NodeInfo.of(changed.after());
                NodeInfo before = NodeInfo.of(changed.before());
                yield couldFit(pod, after)
                        && (!after.allocatable().equals(before.allocatable())
                                || after.allowedPods() != before.allowedPods());
            }
            case ClusterEvent.PodGone _ -> true;
            case ClusterEvent.PodPlaced placed ->
                placed.before()
                        .filter(before -> !before.requests().equals(placed.pod().requests()))
                        .isPresent();
            case ClusterEvent.PodItself itself ->
                !itself.before().requests().equals(itself.after().requests());
            case ClusterEvent.VolumesChanged _, ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean couldFit(PodInfo pod, NodeInfo empty) {
        return check(pod.requests(), empty) instanceof Verdict.Fits;
    }

    private static Verdict check(Resources wanted, NodeInfo node) {
        Resources has = node.allocatable();
        Resources used = node.requested();
        List<String> reasons = new ArrayList<>(0);
        boolean resolvable = true;
        if (node.pods().size() + 1 > node.allowedPods()) {
            reasons.add("Too many pods");
        }
        resolvable &= fits("cpu", wanted.milliCpu(), used.milliCpu(), has.milliCpu(), reasons);
        resolvable &= fits("memory", wanted.memory(), used.memory(), has.memory(), reasons);
        resolvable &= fits(
                "ephemeral-storage",
                wanted.ephemeralStorage(),
                used.ephemeralStorage(),
                has.ephemeralStorage(),
                reasons);
        for (Map.Entry<String, Long> scalar : wanted.scalars().entrySet()) {
            String name = scalar.getKey();
            resolvable &= fits(name, scalar.getValue(), used.scalar(name), has.scalar(name), reasons);
        }
        return reasons.isEmpty() ? Verdict.FITS : new Verdict.Rejected(reasons, resolvable);
    }

    /// Adds a reason when the amount is not free.
    ///
    /// @return false when not even an empty node would do
    private static boolean fits(String resource, long wanted, long used, long has, List<String> reasons) {
        if (wanted == 0 || wanted <= has - used) {
            return true;
        }
        reasons.add("Insufficient " + resource);
        return wanted <= has;
    }

    private static long left(long requested, long capacity) {
        return capacity == 0 || requested > capacity ? 0 : (capacity - requested) * MAX_SCORE / capacity;
    }
}
