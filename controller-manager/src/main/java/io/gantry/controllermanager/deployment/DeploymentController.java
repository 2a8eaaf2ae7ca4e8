package io.gantry.controllermanager.deployment;

import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Labels;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.Optional;

/// Watches Deployments, their ReplicaSets, and the end of pods (which a Recreate rollout waits for).
public final class DeploymentController {
    private static final String NAME = "deployment-controller";
    private static final int WORKERS = 5;

    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private DeploymentController(ControllerContext context) {
        this.deployments = context.informers().informer(DeploymentKind.KIND);
        this.sets = context.informers().informer(ReplicaSetKind.KIND);
    }

    public static Controller create(ControllerContext context) {
        return new DeploymentController(context).assemble(context);
    }

    private Controller assemble(ControllerContext context) {
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        deployments.addHandler(InformerHandler.onAny(d -> queue.add(ObjectKey.of(d))));
        sets.addHandler(new SetEvents());
        pods.addHandler(new InformerHandler<>() {
            @Override
            public void updated(Pod before, Pod now) {
                if (!Pods.isFinished(before) && Pods.isFinished(now)) {
                    podEnded(now);
                }
            }

            @Override
            public void deleted(Pod last) {
                podEnded(last);
            }
        });
        DeploymentReconciler reconciler = new DeploymentReconciler(
                deployments.lister(),
                sets.lister(),
                pods.lister(),
                context.client().resource(DeploymentKind.KIND),
                context.client().resource(ReplicaSetKind.KIND),
                context.events().apply(NAME),
                context.clock());
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private void podEnded(Pod pod) {
        Owners.controllerOf(pod)
                .flatMap(r -> sets.lister().get(ObjectKey.of(pod).namespace(), r.name()))
                .flatMap(this::owner)
                .filter(key -> deployments
                        .lister()
                        .get(key.namespace(), key.name())
                        .map(d -> !Sizes.isRolling(d))
                        .orElse(false))
                .ifPresent(queue::add);
    }

    private Optional<ObjectKey> owner(KubernetesObject object) {
        Optional<OwnerReference> reference = Owners.controllerOf(object);
        return reference
                .filter(r -> r.kind().equals(DeploymentKind.KIND.name()))
                .map(r -> new ObjectKey(ObjectKey.of(object).namespace(), r.name()));
    }

    private final class SetEvents implements InformerHandler<ReplicaSet> {
        @Override
        public void added(ReplicaSet set) {
            Optional<ObjectKey> owner = owner(set);
            if (owner.isPresent()) {
                queue.add(owner.get());
            } else if (Owners.controllerOf(set).isEmpty()) {
                orphan(set);
            }
        }

        @Override
        public void updated(ReplicaSet before, ReplicaSet now) {
            if (!owner(before).equals(owner(now))) {
                owner(before).ifPresent(queue::add);
            }
            added(now);
        }

        @Override
        public void deleted(ReplicaSet set) {
            owner(set).ifPresent(queue::add);
        }

        private void orphan(ReplicaSet set) {
            for (Deployment deployment :
                    deployments.lister().inNamespace(ObjectKey.of(set).namespace())) {
                if (!Labels.isEmpty(deployment.spec().selector())
                        && Labels.matches(
                                deployment.spec().selector(), set.metadata().labels())) {
                    queue.add(ObjectKey.of(deployment));
                }
            }
        }
    }
}
