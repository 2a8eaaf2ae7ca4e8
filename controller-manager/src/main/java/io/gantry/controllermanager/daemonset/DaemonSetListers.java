package io.gantry.controllermanager.daemonset;

import io.gantry.api.apps.v1.controllerrevision.ControllerRevision;
import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.informer.Lister;

/// What the reconciler reads.
record DaemonSetListers(
        Lister<DaemonSet> sets, Lister<Pod> pods, Lister<Node> nodes, Lister<ControllerRevision> revisions) {}
