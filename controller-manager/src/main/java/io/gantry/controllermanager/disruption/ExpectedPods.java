package io.gantry.controllermanager.disruption;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.replicationcontroller.ReplicationController;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.resource.IntOrString;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Lister;
import io.gantry.controllermanager.common.Owners;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How many pods there should be: the sizes of the pods' owners of any kind with a scale, or the pods themselves where
/// the budget names a
/// plain number that must be available.
record ExpectedPods(
        Lister<Deployment> deployments,
        Lister<ReplicaSet> replicaSets,
        Lister<StatefulSet> statefulSets,
        Lister<ReplicationController> replicationControllers,
        ScaleReader scales) {

    /// @throws StatusException when a pod's owner has no size: nothing may be evicted then
    int of(PodDisruptionBudget budget, List<Pod> pods) {
        if (budget.spec().maxUnavailable() == null && budget.spec().minAvailable() instanceof IntOrString.Int) {
            return pods.size();
        }
        Map<String, Integer> sizes = new HashMap<>();
        for (Pod pod : pods) {
            String namespace = ObjectKey.of(pod).namespace();
            Owners.controllerOf(pod).ifPresent(owner -> size(namespace, owner, sizes));
        }
        return sizes.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void size(String namespace, OwnerReference owner, Map<String, Integer> sizes) {
        switch (owner.kind()) {
            case "ReplicaSet" ->
                replicaSets.get(namespace, owner.name()).ifPresent(set -> {
                    Optional<Deployment> deployment = Owners.controllerOf(set)
                            .filter(r -> r.kind().equals("Deployment"))
                            .flatMap(r -> deployments.get(namespace, r.name()));
                    if (deployment.isPresent()) {
                        sizes.put(
                                Owners.uid(deployment.get()),
                                number(deployment.get().spec().replicas(), 1));
                    } else {
                        sizes.put(owner.uid(), number(set.spec().replicas(), 1));
                    }
                });
            case "StatefulSet" ->
                statefulSets
                        .get(namespace, owner.name())
                        .ifPresent(
                                set -> sizes.put(owner.uid(), number(set.spec().replicas(), 1)));
            case "ReplicationController" ->
                replicationControllers
                        .get(namespace, owner.name())
                        .ifPresent(rc -> sizes.put(owner.uid(), number(rc.spec().replicas(), 1)));
            default -> {
                OptionalInt size = sizes.containsKey(owner.uid())
                        ? OptionalInt.of(sizes.get(owner.uid()))
                        : scales.size(namespace, owner);
                sizes.put(
                        owner.uid(),
                        size.orElseThrow(() -> StatusException.internal(owner.kind() + " " + namespace + "/"
                                + owner.name() + " does not implement the scale subresource")));
            }
        }
    }
}
