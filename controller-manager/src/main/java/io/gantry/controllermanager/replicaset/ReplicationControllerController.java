package io.gantry.controllermanager.replicaset;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSetCondition;
import io.gantry.api.apps.v1.replicaset.ReplicaSetSpec;
import io.gantry.api.apps.v1.replicaset.ReplicaSetStatus;
import io.gantry.api.apps.v1.replicaset.ReplicaSetStatusBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationController;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerBuilder;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerCondition;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerStatus;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.common.Claims;
import java.util.List;
import java.util.Optional;

/// Watches ReplicationControllers, which are ReplicaSets with an older selector.
public final class ReplicationControllerController {
    private ReplicationControllerController() {}

    public static Controller create(ControllerContext context) {
        Informer<ReplicationController> informer = context.informers().informer(ReplicationControllerKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        informer.addHandler(InformerHandler.onAny(rc -> queue.add(ObjectKey.of(rc))));
        return ReplicaSetController.assemble("replication-controller", context, new Seen(context, informer), queue);
    }

    private static final class Seen implements ReplicaSets {
        private final Informer<ReplicationController> informer;
        private final Resource<ReplicationController> resource;
        private final Claims<ReplicationController, Pod> claims;

        Seen(ControllerContext context, Informer<ReplicationController> informer) {
            this.informer = informer;
            this.resource = context.client().resource(ReplicationControllerKind.KIND);
            this.claims = new Claims<>(resource, context.client().resource(PodKind.KIND));
        }

        @Override
        public Kind<?> kind() {
            return ReplicationControllerKind.KIND;
        }

        @Override
        public Optional<ReplicaSet> get(String namespace, String name) {
            return informer.lister().get(namespace, name).map(Seen::asSet);
        }

        @Override
        public List<ReplicaSet> inNamespace(String namespace) {
            return informer.lister().inNamespace(namespace).stream()
                    .map(Seen::asSet)
                    .toList();
        }

        @Override
        public List<Pod> claim(ReplicaSet set, List<Pod> candidates) {
            ReplicationController owner = ReplicationControllerBuilder.builder()
                    .metadata(set.metadata())
                    .build();
            return claims.claim(owner, set.spec().selector(), candidates);
        }

        @Override
        public ReplicaSet updateStatus(ReplicaSet set, ReplicaSetStatus status) {
            ObjectKey key = ObjectKey.of(set);
            ReplicationController current =
                    informer.lister().get(key.namespace(), key.name()).orElseThrow();
            return asSet(resource.updateStatus(ReplicationControllerBuilder.builder(current)
                    .metadata(set.metadata())
                    .status(fromSet(status))
                    .build()));
        }

        private static ReplicaSet asSet(ReplicationController rc) {
            ReplicaSetStatusBuilder status = ReplicaSetStatusBuilder.builder()
                    .fullyLabeledReplicas(number(rc.status().fullyLabeledReplicas()))
                    .readyReplicas(number(rc.status().readyReplicas()))
                    .availableReplicas(number(rc.status().availableReplicas()))
                    .observedGeneration(number(rc.status().observedGeneration()))
                    .conditions(rc.status().conditions().stream()
                            .map(c -> new ReplicaSetCondition(
                                    c.type(), c.status(), c.lastTransitionTime(), c.reason(), c.message()))
                            .toList());
            if (rc.status().replicas() != null) {
                status.replicas(rc.status().replicas());
            }
            return ReplicaSetBuilder.builder()
                    .metadata(rc.metadata())
                    .spec(new ReplicaSetSpec(
                            rc.spec().replicas(),
                            rc.spec().minReadySeconds(),
                            new LabelSelector(rc.spec().selector(), List.of()),
                            rc.spec().template()))
                    .status(status.build())
                    .build();
        }

        private static ReplicationControllerStatus fromSet(ReplicaSetStatus status) {
            return new ReplicationControllerStatus(
                    status.replicas(),
                    status.fullyLabeledReplicas(),
                    status.readyReplicas(),
                    status.availableReplicas(),
                    status.observedGeneration(),
                    status.conditions().stream()
                            .map(c -> new ReplicationControllerCondition(
                                    c.type(), c.status(), c.lastTransitionTime(), c.reason(), c.message()))
                            .toList());
        }
    }
}
