package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;

/// Nodes that declare the features that the pod needs (KEP-5328).
final class NodeDeclaredFeatures implements FilterPlugin {
    @Override
    public String name() {
        return "NodeDeclaredFeatures";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<String> needed = needed(pod);
        if (needed.isEmpty()) {
            return Preparation.SKIP;
        }
        return Preparation.each(node -> node.node().status().declaredFeatures().containsAll(needed)
                ? Verdict.FITS
                : Verdict.unresolvable("node(s) didn't match Pod's required features"));
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.NodeChanged changed -> changed.declaresOthers();
            case ClusterEvent.PodItself itself -> !needed(itself.before()).equals(needed(itself.after()));
            case ClusterEvent.PodPlaced _,
                    ClusterEvent.PodGone _,
                    ClusterEvent.StorageEvent _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static List<String> needed(PodInfo pod) {
        return NodeFeatureNeeds.toRun(pod.pod().spec());
    }
}
