package io.gantry.controllermanager.replicaset;

import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetStatus;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Claims;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.OwnedPodEvents;
import io.gantry.controllermanager.common.PodControl;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Watches ReplicaSets and their pods.
public final class ReplicaSetController {
    private static final int WORKERS = 5;

    private ReplicaSetController() {}

    public static Controller create(ControllerContext context) {
        Informer<ReplicaSet> informer = context.informers().informer(ReplicaSetKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        informer.addHandler(InformerHandler.onAny(set -> queue.add(ObjectKey.of(set))));
        return assemble("replicaset-controller", context, new Real(context, informer), queue);
    }

    /// The core that ReplicaSets and ReplicationControllers share.
    static Controller assemble(String name, ControllerContext context, ReplicaSets sets, WorkQueue<ObjectKey> queue) {
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        Expectations expectations = new Expectations(context.clock());
        EventSink events = new EventsOfKind(sets.kind(), context.events().apply(name));
        pods.addHandler(new OwnedPodEvents(sets.kind().name(), pod -> adopters(sets, pod), queue, expectations));
        PodControl control = new PodControl(context.client(), events);
        ReplicaSetReconciler reconciler =
                new ReplicaSetReconciler(sets, pods.lister(), control, expectations, context.clock());
        return new QueueController<>(name, queue, WORKERS, reconciler);
    }

    private static Stream<ObjectKey> adopters(ReplicaSets sets, Pod pod) {
        String namespace = ObjectKey.of(pod).namespace();
        return OwnedPodEvents.selecting(
                sets.inNamespace(namespace), set -> set.spec().selector(), pod);
    }

    /// Events about what users made, also where a ReplicationController is seen as a ReplicaSet.
    private record EventsOfKind(Kind<?> kind, EventSink events) implements EventSink {
        @Override
        public void event(KubernetesObject regarding, String type, String reason, String message) {
            ObjectMeta metadata = regarding.metadata();
            ObjectReference reference = new ObjectReference(
                    kind.apiVersion(),
                    kind.name(),
                    metadata.namespace(),
                    metadata.name(),
                    metadata.uid(),
                    metadata.resourceVersion(),
                    null);
            event(reference, type, reason, message);
        }

        @Override
        public void event(ObjectReference regarding, String type, String reason, String message) {
            events.event(regarding, type, reason, message);
        }
    }

    private static final class Real implements ReplicaSets {
        private final Informer<ReplicaSet> informer;
        private final Resource<ReplicaSet> resource;
        private final Claims<ReplicaSet, Pod> claims;

        Real(ControllerContext context, Informer<ReplicaSet> informer) {
            this.informer = informer;
            this.resource = context.client().resource(ReplicaSetKind.KIND);
            this.claims = new Claims<>(resource, context.client().resource(PodKind.KIND));
        }

        @Override
        public Kind<?> kind() {
            return ReplicaSetKind.KIND;
        }

        @Override
        public Optional<ReplicaSet> get(String namespace, String name) {
            return informer.lister().get(namespace, name);
        }

        @Override
        public List<ReplicaSet> inNamespace(String namespace) {
            return informer.lister().inNamespace(namespace);
        }

        @Override
        public List<Pod> claim(ReplicaSet set, List<Pod> candidates) {
            return claims.claim(set, set.spec().selector(), candidates);
        }

        @Override
        public ReplicaSet updateStatus(ReplicaSet set, ReplicaSetStatus status) {
            return resource.updateStatus(
                    ReplicaSetBuilder.builder(set).status(status).build());
        }
    }
}
