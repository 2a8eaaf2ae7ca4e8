package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.controllermanager.common.Owners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who owns a claim of a StatefulSet, so that garbage collection removes it when the retention policy says so: the set
/// (`whenDeleted: Delete`), or the pod that goes because the set shrinks (`whenScaled: Delete`). Upstream
/// `updateClaimOwnerRefForSetAndPod`. Pure.
final class ClaimRetention {
    private static final String DELETE = "Delete";

    private ClaimRetention() {}

    /// The claim's owners as they should be; owners that are no concern of the set are kept. A claim
    /// that something else controls is left to it.
    ///
    /// @param pod the pod that uses the claim, empty for one that is to be made
    /// @param surplus whether the pod goes because the set shrinks
    static List<OwnerReference> owners(
            StatefulSet set, PersistentVolumeClaim claim, Optional<Pod> pod, boolean surplus) {
        StatefulSetPersistentVolumeClaimRetentionPolicy policy = set.spec().persistentVolumeClaimRetentionPolicy();
        boolean whenDeleted = policy != null && text(policy.whenDeleted()).equals(DELETE);
        boolean whenScaled = policy != null && text(policy.whenScaled()).equals(DELETE);
        boolean ofPod = whenScaled && surplus && pod.isPresent();
        boolean ofSet = whenDeleted && !ofPod;
        List<OwnerReference> before = claim.metadata().ownerReferences();
        List<Owner> ours = new ArrayList<>(List.of(new Owner(StatefulSetKind.KIND, set)));
        pod.ifPresent(user -> ours.add(new Owner(PodKind.KIND, user)));
        if (before.stream().anyMatch(ref -> ours.stream().anyMatch(owner -> owner.isFormer(ref)))) {
            return before;
        }
        List<OwnerReference> owners = new ArrayList<>(before);
        owners.removeIf(ref -> ours.stream().anyMatch(owner -> owner.is(ref)));
        if ((whenDeleted || whenScaled) && owners.stream().anyMatch(ref -> Boolean.TRUE.equals(ref.controller()))) {
            return owners;
        }
        if (ofSet) {
            owners.add(Owners.controllerReference(StatefulSetKind.KIND, set));
        }
        if (ofPod) {
            owners.add(Owners.controllerReference(PodKind.KIND, pod.orElseThrow()));
        }
        return owners.size() == before.size() && before.containsAll(owners) ? before : owners;
    }

    /// Whether something else than the set and the pod controls a claim that the set would delete, or a former one of
    /// their names owns it.
    static boolean isForeign(StatefulSet set, PersistentVolumeClaim claim, Pod pod) {
        StatefulSetPersistentVolumeClaimRetentionPolicy policy = set.spec().persistentVolumeClaimRetentionPolicy();
        boolean deletes = policy != null
                && (text(policy.whenDeleted()).equals(DELETE)
                        || text(policy.whenScaled()).equals(DELETE));
        List<Owner> ours = List.of(new Owner(StatefulSetKind.KIND, set), new Owner(PodKind.KIND, pod));
        return deletes
                && claim.metadata().ownerReferences().stream()
                        .anyMatch(ref -> ours.stream().anyMatch(owner -> owner.isFormer(ref))
                                || Boolean.TRUE.equals(ref.controller())
                                        && ours.stream().noneMatch(owner -> owner.is(ref)));
    }

    /// Whether the claim goes with a pod of this name that was removed when the set shrank.
    static boolean isOfFormerPod(StatefulSet set, PersistentVolumeClaim claim, String pod) {
        StatefulSetPersistentVolumeClaimRetentionPolicy policy = set.spec().persistentVolumeClaimRetentionPolicy();
        return policy != null
                && text(policy.whenScaled()).equals(DELETE)
                && claim.metadata().ownerReferences().stream()
                        .anyMatch(ref -> ref.kind().equals(PodKind.KIND.name())
                                && ref.apiVersion().equals(PodKind.KIND.apiVersion())
                                && ref.name().equals(pod));
    }

    private record Owner(Kind<?> kind, KubernetesObject object) {
        boolean is(OwnerReference ref) {
            return named(ref) && ref.uid().equals(Owners.uid(object));
        }

        /// One of the same name that is gone: such a claim is left to garbage collection.
        boolean isFormer(OwnerReference ref) {
            return named(ref) && !ref.uid().equals(Owners.uid(object));
        }

        private boolean named(OwnerReference ref) {
            return ref.kind().equals(kind.name())
                    && ref.apiVersion().equals(kind.apiVersion())
                    && ref.name().equals(text(object.metadata().name()));
        }
    }
}
