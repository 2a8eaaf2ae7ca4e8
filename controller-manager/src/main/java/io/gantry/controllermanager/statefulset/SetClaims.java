package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ApiClient;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Lister;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the claims of a StatefulSet's pods and keeps their owners as the retention policy says. A claim outlives its
/// pod: the next one of the ordinal gets the same.
final class SetClaims {
    private final Lister<PersistentVolumeClaim> claims;
    private final Resource<PersistentVolumeClaim> resource;
    private final SetEvents events;

    SetClaims(Lister<PersistentVolumeClaim> claims, ApiClient client, SetEvents events) {
        this.claims = claims;
        this.resource = client.resource(PersistentVolumeClaimKind.KIND);
        this.events = events;
    }

    /// Makes those that are missing.
    ///
    /// @throws StatusException when one cannot be made, or is being deleted: the pod must wait for its successor
    void ensure(StatefulSet set, int ordinal) {
        for (PersistentVolumeClaim claim : Identity.claims(set, ordinal)) {
            String namespace = text(claim.metadata().namespace());
            String name = text(claim.metadata().name());
            Optional<PersistentVolumeClaim> known = claims.get(namespace, name);
            if (known.isEmpty()) {
                create(set, claim, ordinal);
            } else if (known.get().metadata().deletionTimestamp() != null) {
                throw StatusException.unavailable("pvc " + name + " is being deleted");
            }
        }
    }

    /// Whether a claim of the pod is about to go with the pod's predecessor, so that the pod must wait for a new one.
    boolean isStale(StatefulSet set, int ordinal) {
        String pod = Identity.podName(set, ordinal);
        return Identity.claims(set, ordinal).stream()
                .flatMap(
                        claim -> claims
                                .get(
                                        text(claim.metadata().namespace()),
                                        text(claim.metadata().name()))
                                .stream())
                .anyMatch(claim -> ClaimRetention.isOfFormerPod(set, claim, pod));
    }

    private void create(StatefulSet set, PersistentVolumeClaim claim, int ordinal) {
        String name = text(claim.metadata().name());
        String pod = Identity.podName(set, ordinal);
        PersistentVolumeClaim owned = PersistentVolumeClaimBuilder.builder(claim)
                .metadata(ObjectMetaBuilder.builder(claim.metadata())
                        .ownerReferences(ClaimRetention.owners(set, claim, Optional.empty(), false))
                        .build())
                .build();
        try {
            resource.create(owned);
            events.claimMade(set, name, pod);
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                events.claimFailed(set, name, pod, e);
                throw e;
            }
        }
    }

    /// Sets the owners of the claims that a pod uses.
    ///
    /// @param surplus whether the pod goes because the set shrinks
    void own(StatefulSet set, Pod pod, boolean surplus) {
        int ordinal = Identity.ordinal(set, pod).orElse(-1);
        for (PersistentVolumeClaim wanted : Identity.claims(set, ordinal)) {
            claims.get(
                            text(wanted.metadata().namespace()),
                            text(wanted.metadata().name()))
                    .ifPresent(claim -> own(set, pod, surplus, claim));
        }
    }

    private void own(StatefulSet set, Pod pod, boolean surplus, PersistentVolumeClaim claim) {
        if (ClaimRetention.isForeign(set, claim, pod)) {
            events.claimConflicts(set, text(claim.metadata().name()));
        }
        List<OwnerReference> owners = ClaimRetention.owners(set, claim, Optional.of(pod), surplus);
        if (owners.equals(claim.metadata().ownerReferences())) {
            return;
        }
        resource.patch(
                text(claim.metadata().namespace()),
                text(claim.metadata().name()),
                Patch.merge(Map.of(
                        "metadata",
                        Map.of(
                                "resourceVersion",
                                text(claim.metadata().resourceVersion()),
                                "ownerReferences",
                                owners))));
    }
}
