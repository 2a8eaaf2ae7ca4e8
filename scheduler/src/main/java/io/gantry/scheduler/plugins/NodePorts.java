package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.HostPort;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;

/// Host ports must be free on the node.
final class NodePorts implements FilterPlugin {
    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        if (pod.hostPorts().isEmpty()) {
            return Preparation.SKIP;
        }
        return Preparation.each(
                node -> Verdict.fitsIf(free(pod, node), "node(s) didn't have free ports for the requested pod ports"));
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.PodGone gone -> conflict(pod, gone.pod());
            case ClusterEvent.NodeChanged _,
                    ClusterEvent.PodPlaced _,
                    ClusterEvent.PodItself _,
                    ClusterEvent.StorageEvent _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean free(PodInfo pod, NodeInfo node) {
        for (PodInfo other : node.pods()) {
            if (conflict(pod, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean conflict(PodInfo pod, PodInfo other) {
        for (HostPort wanted : pod.hostPorts()) {
            for (HostPort taken : other.hostPorts()) {
                if (wanted.conflictsWith(taken)) {
                    return true;
                }
            }
        }
        return false;
    }
}
