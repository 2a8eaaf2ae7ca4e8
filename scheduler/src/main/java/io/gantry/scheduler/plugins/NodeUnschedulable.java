package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Tolerations;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;

/// Keeps pods off cordoned nodes, unless they tolerate `node.kubernetes.io/unschedulable`.
final class NodeUnschedulable implements FilterPlugin {
    private static final Taint UNSCHEDULABLE = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule", null);

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        if (tolerated(pod) || !snapshot.anyUnschedulable()) {
            return Preparation.SKIP;
        }
        return Preparation.each(node -> Boolean.TRUE.equals(node.node().spec().unschedulable())
                ? Verdict.unresolvable("node(s) were unschedulable")
                : Verdict.FITS);
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded added ->
                !Boolean.TRUE.equals(added.node().spec().unschedulable());
            case ClusterEvent.NodeChanged changed ->
                Boolean.TRUE.equals(changed.before().spec().unschedulable())
                        && !Boolean.TRUE.equals(changed.after().spec().unschedulable());
            case ClusterEvent.PodItself itself -> itself.toleratesOthers() && tolerated(itself.after());
            case ClusterEvent.PodPlaced _,
                    ClusterEvent.PodGone _,
                    ClusterEvent.StorageEvent _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean tolerated(PodInfo pod) {
        return Tolerations.tolerate(pod.pod().spec().tolerations(), UNSCHEDULABLE);
    }
}
