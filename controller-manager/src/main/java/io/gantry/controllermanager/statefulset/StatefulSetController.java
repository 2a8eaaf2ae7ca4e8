package io.gantry.controllermanager.statefulset;

import io.gantry.api.apps.v1.controllerrevision.ControllerRevision;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionKind;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
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

/// Watches StatefulSets and their pods.
public final class StatefulSetController {
    private static final String NAME = "statefulset-controller";
    private static final int WORKERS = 5;

    private StatefulSetController() {}

    public static Controller create(ControllerContext context) {
        Informer<StatefulSet> sets = context.informers().informer(StatefulSetKind.KIND);
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        Informer<ControllerRevision> revisions = context.informers().informer(ControllerRevisionKind.KIND);
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        sets.addHandler(InformerHandler.onAny(set -> queue.add(ObjectKey.of(set))));
        pods.addHandler(new OwnedPodEvents(
                StatefulSetKind.KIND.name(), pod -> adopters(sets, pod), queue, new Expectations(context.clock())));
        StatefulSetReconciler reconciler = new StatefulSetReconciler(
                sets.lister(),
                pods.lister(),
                revisions.lister(),
                claims.lister(),
                context.client(),
                context.events().apply(NAME),
                context.clock());
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private static Stream<ObjectKey> adopters(Informer<StatefulSet> sets, Pod pod) {
        String namespace = ObjectKey.of(pod).namespace();
        return OwnedPodEvents.selecting(
                sets.lister().inNamespace(namespace), set -> set.spec().selector(), pod);
    }
}
