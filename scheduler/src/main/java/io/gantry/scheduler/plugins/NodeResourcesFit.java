package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;
import io.gantry.scheduler.snapshot.Snapshot;

/// The node must have the requested resources left; prefers nodes with the most left (LeastAllocated).
final class NodeResourcesFit implements FilterPlugin, LocalScorePlugin {
    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        Resources wanted = pod.requests();
        return Preparation.each(node -> check(wanted, node));
    }

    @Override
    public long score(PodInfo pod, NodeInfo node) {
        Resources wanted = pod.nonZeroRequests();
        Resources has = node.allocatable();
        Resources used = node.nonZeroRequested();
        long cpu = left(used.milliCpu() + wanted.milliCpu(), has.milliCpu());
        long memory = left(used.memory() + wanted.memory(), has.memory());
        return (cpu + memory) / 2;
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
            case ClusterEvent.PodGone gone ->
                gone.room().apply(pod).map(node -> couldFit(pod, node)).orElse(true);
            case ClusterEvent.PodPlaced placed ->
                placed.before()
                        .filter(before -> !before.requests().equals(placed.pod().requests()))
                        .isPresent();
            case ClusterEvent.PodItself itself ->
                !itself.before().requests().equals(itself.after().requests());
            case ClusterEvent.VolumesChanged _, ClusterEvent.NamespaceChanged _, ClusterEvent.NodeGone _ -> false;
        };
    }

    private static boolean couldFit(PodInfo pod, NodeInfo node) {
        return check(pod.requests(), node) instanceof Verdict.Fits;
    }

    private static Verdict check(Resources wanted, NodeInfo node) {
        Resources has = node.allocatable();
        Resources used = node.requested();
        int missing = (node.pods().size() + 1 > node.allowedPods() ? Shortage.PODS : 0)
                | Shortage.of(Shortage.CPU, wanted.milliCpu(), used.milliCpu(), has.milliCpu())
                | Shortage.of(Shortage.MEMORY, wanted.memory(), used.memory(), has.memory())
                | Shortage.of(
                        Shortage.STORAGE, wanted.ephemeralStorage(), used.ephemeralStorage(), has.ephemeralStorage());
        return wanted.scalars().isEmpty()
                ? Shortage.verdict(missing)
                : Shortage.verdict(missing, wanted.scalars(), used, has);
    }

    private static long left(long requested, long capacity) {
        return capacity == 0 || requested > capacity ? 0 : (capacity - requested) * MAX_SCORE / capacity;
    }
}
