package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.core.v1.pod.PodResourceClaimStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Which ResourceClaims belong to a pod (upstream `k8s.io/dynamic-resource-allocation/resourceclaim`). Pure.
public final class PodClaims {
    /// Keeps an allocated claim until nobody uses it.
    public static final String FINALIZER = "resource.kubernetes.io/delete-protection";

    /// On a claim made from a template: the name that the pod gives it.
    public static final String POD_CLAIM_ANNOTATION = "resource.kubernetes.io/pod-claim-name";

    /// On a claim that the scheduler made for extended resources of a pod: `true`.
    public static final String EXTENDED_RESOURCE_ANNOTATION = "resource.kubernetes.io/extended-resource-claim";

    /// What an entry of a pod's `spec.resourceClaims` stands for.
    public sealed interface Reference {
        /// A claim.
        ///
        /// @param generated whether it was made for the pod: one must look whether it [PodClaims#isFor] it
        record Named(String name, boolean generated) implements Reference {}

        /// None: somebody has decided that the pod needs none.
        record NotNeeded() implements Reference {}

        /// One that has not been made yet.
        record NotMade() implements Reference {}
    }

    private PodClaims() {}

    /// What an entry of the pod stands for.
    public static Reference of(Pod pod, PodResourceClaim entry) {
        String direct = entry.resourceClaimName();
        if (direct != null) {
            return new Reference.Named(direct, false);
        }
        for (PodResourceClaimStatus status : pod.status().resourceClaimStatuses()) {
            if (status.name().equals(entry.name())) {
                String made = status.resourceClaimName();
                return made == null ? new Reference.NotNeeded() : new Reference.Named(made, true);
            }
        }
        return new Reference.NotMade();
    }

    /// The names of all claims that there are for the pod, that for its extended resources last.
    public static List<String> names(Pod pod) {
        List<String> names = new ArrayList<>();
        for (PodResourceClaim entry : pod.spec().resourceClaims()) {
            if (of(pod, entry) instanceof Reference.Named named) {
                names.add(named.name());
            }
        }
        PodExtendedResourceClaimStatus extended = pod.status().extendedResourceClaimStatus();
        if (extended != null) {
            names.add(extended.resourceClaimName());
        }
        return names;
    }

    /// Whether the pod, or what it asks of extended resources, has to do with claims at all.
    public static boolean hasAny(Pod pod) {
        return !pod.spec().resourceClaims().isEmpty() || pod.status().extendedResourceClaimStatus() != null;
    }

    /// Whether the claim was made for this very pod.
    public static boolean isFor(Pod pod, ResourceClaim claim) {
        return Objects.equals(claim.metadata().namespace(), pod.metadata().namespace())
                && claim.metadata().ownerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.controller())
                                && owner.uid().equals(pod.metadata().uid()));
    }

    /// Whether this very pod may use the claim.
    public static boolean isReservedFor(Pod pod, ResourceClaim claim) {
        return claim.status().reservedFor().stream()
                .anyMatch(consumer -> consumer.uid().equals(pod.metadata().uid()));
    }
}
