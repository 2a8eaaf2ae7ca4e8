package io.gantry.controllermanager.daemonset;

import io.gantry.api.apps.v1.controllerrevision.ControllerRevision;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionKind;
import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.OwnedPodEvents;
import java.util.stream.Stream;

/// Watches DaemonSets, their pods, and those changes of nodes that decide where daemons run.
public final class DaemonSetController {
    private static final String NAME = "daemonset-controller";
    private static final int WORKERS = 2;

    private DaemonSetController() {}

    public static Controller create(ControllerContext context) {
        Informer<DaemonSet> sets = context.informers().informer(DaemonSetKind.KIND);
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        Informer<Node> nodes = context.informers().informer(NodeKind.KIND);
        Informer<ControllerRevision> revisions = context.informers().informer(ControllerRevisionKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        Expectations expectations = new Expectations(context.clock());
        sets.addHandler(InformerHandler.onAny(set -> queue.add(ObjectKey.of(set))));
        pods.addHandler(new OwnedPodEvents(DaemonSetKind.KIND.name(), pod -> adopters(sets, pod), queue, expectations));
        nodes.addHandler(new NodeEvents(sets, queue));
        DaemonSetListers listers =
                new DaemonSetListers(sets.lister(), pods.lister(), nodes.lister(), revisions.lister());
        DaemonSetReconciler reconciler = new DaemonSetReconciler(
                listers, context.client(), context.events().apply(NAME), expectations, context.clock());
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private static Stream<ObjectKey> adopters(Informer<DaemonSet> sets, Pod pod) {
        String namespace = ObjectKey.of(pod).namespace();
        return OwnedPodEvents.selecting(
                sets.lister().inNamespace(namespace), set -> set.spec().selector(), pod);
    }

    private record NodeEvents(Informer<DaemonSet> sets, WorkQueue<ObjectKey> queue) implements InformerHandler<Node> {
        @Override
        public void added(Node node) {
            sets.lister().all().forEach(set -> queue.add(ObjectKey.of(set)));
        }

        @Override
        public void updated(Node before, Node now) {
            boolean same = before.metadata().labels().equals(now.metadata().labels())
                    && before.spec().taints().equals(now.spec().taints());
            if (!same) {
                added(now);
            }
        }

        @Override
        public void deleted(Node node) {
            added(node);
        }
    }
}
