package io.gantry.scheduler.plugins;

import io.gantry.scheduler.devices.ExtendedResources;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The node must have the requested resources left; prefers nodes with the most left, or as configured.
final class NodeResourcesFit implements FilterPlugin, LocalScorePlugin {
    private final NodeResourcesFitArgs args;
    private final DeviceView devices;

    /// @param devices may stand for extended resources
    NodeResourcesFit(NodeResourcesFitArgs args, DeviceView devices) {
        this.args = args;
        this.devices = devices;
    }

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
        Set<String> byDevices = byDevices(wanted);
        return byDevices.isEmpty()
                ? Preparation.each(node -> check(wanted, node, byDevices))
                : new Preparation.Afresh(node -> check(wanted, node, byDevices));
    }

    /// What DynamicResources looks after on nodes that have none of it.
    private Set<String> byDevices(Resources wanted) {
        return wanted.scalars().isEmpty()
                ? Set.of()
                : ExtendedResources.among(wanted.scalars(), devices.deviceClasses());
    }

    @Override
    public long score(PodInfo pod, NodeInfo node) {
        ScoringStrategy strategy = args.strategy();
        long sum = 0;
        long weights = 0;
        for (ResourceWeight resource : strategy.resources()) {
            long wanted = resource.in(pod.nonZeroRequests());
            long has = resource.in(node.allocatable());
            if (has == 0 || (wanted == 0 && !resource.isBasic())) {
                continue;
            }
            long score = strategy.score(resource.in(node.nonZeroRequested()) + wanted, has);
            if (score > 0 || !strategy.skipsZeros()) {
                sum += score * resource.weight();
                weights += resource.weight();
            }
        }
        if (weights == 0) {
            return 0;
        }
        return strategy.skipsZeros() ? Math.round((double) sum / weights) : sum / weights;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded added -> couldFit(pod, NodeInfo.of(added.node()));
            case ClusterEvent.NodeChanged changed -> {
                NodeInfo after = NodeInfo.of(changed.after());
                NodeInfo before = NodeInfo.of(changed.before());
                yield couldFit(pod, after)
                        && (after.allowedPods() > before.allowedPods()
                                || pod.requests().hasMoreIn(after.allocatable(), before.allocatable()));
            }
            case ClusterEvent.PodGone gone ->
                gone.room().apply(pod).map(node -> couldFit(pod, node)).orElse(true);
            case ClusterEvent.PodPlaced placed ->
                placed.before()
                        .filter(before -> pod.requests()
                                .hasMoreIn(before.requests(), placed.pod().requests()))
                        .isPresent();
            case ClusterEvent.PodItself itself ->
                itself.before()
                        .requests()
                        .hasMoreIn(itself.before().requests(), itself.after().requests());
            case ClusterEvent.DeviceClassChanged changed ->
                pod.requests().scalars().keySet().stream()
                        .anyMatch(resource -> ExtendedResources.names(changed.after(), resource));
            case ClusterEvent.StorageEvent _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _,
                    ClusterEvent.NodeGone _ -> false;
        };
    }

    private boolean couldFit(PodInfo pod, NodeInfo node) {
        return check(pod.requests(), node, byDevices(pod.requests())) instanceof Verdict.Fits;
    }

    private Verdict check(Resources wanted, NodeInfo node, Set<String> byDevices) {
        Resources has = node.allocatable();
        Resources used = node.requested();
        int missing = (node.pods().size() + 1 > node.allowedPods() ? Shortage.PODS : 0)
                | Shortage.of(Shortage.CPU, wanted.milliCpu(), used.milliCpu(), has.milliCpu())
                | Shortage.of(Shortage.MEMORY, wanted.memory(), used.memory(), has.memory())
                | Shortage.of(
                        Shortage.STORAGE, wanted.ephemeralStorage(), used.ephemeralStorage(), has.ephemeralStorage());
        return wanted.scalars().isEmpty()
                ? Shortage.verdict(missing)
                : Shortage.verdict(missing, counted(wanted.scalars(), byDevices, has), used, has);
    }

    private Map<String, Long> counted(Map<String, Long> scalars, Set<String> byDevices, Resources has) {
        if (args.ignoredResources().isEmpty() && args.ignoredGroups().isEmpty() && byDevices.isEmpty()) {
            return scalars;
        }
        Map<String, Long> counted = new HashMap<>(scalars);
        counted.keySet().removeIf(name -> args.ignores(name) || (byDevices.contains(name) && has.scalar(name) == 0));
        return counted;
    }
}
