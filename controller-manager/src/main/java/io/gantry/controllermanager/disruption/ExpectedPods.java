package io.gantry.controllermanager.disruption;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.replicationcontroller.ReplicationController;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.resource.IntOrString;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Lister;
import io.gantry.controllermanager.common.Owners;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many pods there should be: the sizes of the pods' owners of any kind with a scale, or the pods
/// themselves where the budget names a plain number that must be available.
record ExpectedPods(
        Lister<Deployment> deployments,
        Lister<ReplicaSet> replicaSets,
        Lister<StatefulSet> statefulSets,
        Lister<ReplicationController> replicationControllers,
        ScaleReader scales) {

    /// @param unmanaged the names of pods without a controller, of which nobody says how many there should be
    record Count(int expected, List<String> unmanaged) {}

    /// @throws StatusException when a pod's owner is not there or has no size: nothing may be evicted then
    Count of(PodDisruptionBudget budget, List<Pod> pods) {
        IntOrString available = budget.spec().minAvailable();
        if (budget.spec().maxUnavailable() == null && !(available instanceof IntOrString.Text)) {
            return new Count(available == null ? 0 : pods.size(), List.of());
        }
        Map<String, Integer> sizes = new HashMap<>();
        List<String> unmanaged = new ArrayList<>();
        for (Pod pod : pods) {
            Optional<OwnerReference> owner = Owners.controllerOf(pod);
            if (owner.isEmpty()) {
                unmanaged.add(text(pod.metadata().name()));
            } else if (!sizes.containsKey(owner.get().uid())) {
                Size size = size(ObjectKey.of(pod).namespace(), owner.get())
                        .orElseThrow(() -> ScaleReader.unknown("found no controllers for pod \""
                                + pod.metadata().name() + "\""));
                sizes.put(size.uid(), size.replicas());
            }
        }
        return new Count(sizes.values().stream().mapToInt(Integer::intValue).sum(), unmanaged);
    }

    private record Size(String uid, int replicas) {
        static Size of(KubernetesObject owner, @Nullable Integer replicas) {
            return new Size(Owners.uid(owner), number(replicas, 1));
        }
    }

    private Optional<Size> size(String namespace, OwnerReference owner) {
        return switch (owner.kind() + "." + Kind.groupOf(owner.apiVersion())) {
            case "ReplicaSet.apps" ->
                replicaSets
                        .get(namespace, owner.name())
                        .filter(set -> Owners.uid(set).equals(owner.uid()))
                        .flatMap(set -> sizeOf(namespace, set));
            case "StatefulSet.apps" ->
                statefulSets
                        .get(namespace, owner.name())
                        .filter(set -> Owners.uid(set).equals(owner.uid()))
                        .map(set -> Size.of(set, set.spec().replicas()));
            case "ReplicationController." ->
                replicationControllers
                        .get(namespace, owner.name())
                        .filter(rc -> Owners.uid(rc).equals(owner.uid()))
                        .map(rc -> Size.of(rc, rc.spec().replicas()));
            default ->
                scales.read(namespace, owner)
                        .filter(scale -> Owners.uid(scale).equals(owner.uid()))
                        .map(scale ->
                                new Size(Owners.uid(scale), number(scale.spec().replicas())));
        };
    }

    /// The size of the set's Deployment, where it has one.
    private Optional<Size> sizeOf(String namespace, ReplicaSet set) {
        Optional<OwnerReference> above =
                Owners.controllerOf(set).filter(r -> r.kind().equals("Deployment"));
        return above.isEmpty()
                ? Optional.of(Size.of(set, set.spec().replicas()))
                : deployments
                        .get(namespace, above.get().name())
                        .filter(d -> Owners.uid(d).equals(above.get().uid()))
                        .map(d -> Size.of(d, d.spec().replicas()));
    }
}
