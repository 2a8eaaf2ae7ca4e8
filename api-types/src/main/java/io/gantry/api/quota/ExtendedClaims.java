package io.gantry.api.quota;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/// Claims that a scheduler makes for the extended resources that a pod asks for: what they ask for is counted with the
/// pod already (KEP-5004, upstream `quota/v1/evaluator/core/resource_claims.go`). Whoever makes such a claim himself
/// gains nothing: it must be the one that the pod names, or the pod's first.
record ExtendedClaims(DeviceObjects objects) {
    private static final Comparator<ResourceClaim> ORDER = Comparator.<ResourceClaim, Instant>comparing(
                    claim -> Objects.requireNonNullElse(claim.metadata().creationTimestamp(), Instant.MAX))
            .thenComparing(claim -> text(claim.metadata().name()));

    /// The pod that the claim was made for.
    Optional<Pod> pod(ResourceClaim claim) {
        return owner(claim)
                .flatMap(owner -> objects.pod(text(claim.metadata().namespace()), owner.name())
                        .filter(pod -> owner.uid().equals(pod.metadata().uid()))
                        .filter(pod -> isItsOwn(pod, claim)));
    }

    private boolean isItsOwn(Pod pod, ResourceClaim claim) {
        var told = pod.status().extendedResourceClaimStatus();
        if (told != null) {
            return told.resourceClaimName().equals(claim.metadata().name());
        }
        return objects.claims(text(claim.metadata().namespace())).stream()
                .filter(other -> owner(other)
                        .filter(owner -> owner.uid().equals(pod.metadata().uid()))
                        .isPresent())
                .noneMatch(other -> !Objects.equals(
                                other.metadata().name(), claim.metadata().name())
                        && ORDER.compare(other, claim) < 0);
    }

    private static Optional<OwnerReference> owner(ResourceClaim claim) {
        return "true".equals(claim.metadata().annotations().get(PodClaims.EXTENDED_RESOURCE_ANNOTATION))
                ? claim.metadata().ownerReferences().stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                        .filter(owner ->
                                owner.kind().equals("Pod") && owner.apiVersion().equals("v1"))
                        .findFirst()
                : Optional.empty();
    }
}
