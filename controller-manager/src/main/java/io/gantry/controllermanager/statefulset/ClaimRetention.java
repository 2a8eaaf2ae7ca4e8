package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
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

    /// The claim's owners as they should be; owners that are no concern of the set are kept.
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
        String podName = pod.map(p -> text(p.metadata().name())).orElse("");
        List<OwnerReference> owners = new ArrayList<>();
        for (OwnerReference owner : claim.metadata().ownerReferences()) {
            boolean isSet = owner.uid().equals(Owners.uid(set));
            boolean isPod =
                    owner.kind().equals(PodKind.KIND.name()) && owner.name().equals(podName);
            boolean keep = isSet ? ofSet : !isPod || ofPod && owner.uid().equals(Owners.uid(pod.orElseThrow()));
            if (keep) {
                owners.add(owner);
            }
        }
        if (ofSet && owners.stream().noneMatch(o -> o.uid().equals(Owners.uid(set)))) {
            owners.add(Owners.controllerReference(StatefulSetKind.KIND, set));
        }
        if (ofPod && owners.stream().noneMatch(o -> o.uid().equals(Owners.uid(pod.orElseThrow())))) {
            owners.add(Owners.controllerReference(PodKind.KIND, pod.orElseThrow()));
        }
        return owners;
    }
}
