package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;

/// Only the node that `spec.nodeName` names.
final class NodeName implements FilterPlugin {
    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        String wanted = pod.pod().spec().nodeName();
        if (wanted == null || wanted.isEmpty()) {
            return Preparation.SKIP;
        }
        return Preparation.each(node -> node.name().equals(wanted)
                ? Verdict.FITS
                : Verdict.unresolvable("node(s) didn't match the requested node name"));
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return event instanceof ClusterEvent.NodeAdded;
    }
}
