package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;

/// Extended resources that devices stand for (KEP-5004).
public final class ExtendedResources {
    private static final String ANNOTATION = "resource.kubernetes.io/extended-resource-claim";

    private ExtendedResources() {}

    /// Whether a scheduler made the claim for the extended resources of a pod.
    public static boolean isOwn(ResourceClaim claim) {
        return "true".equals(claim.metadata().annotations().get(ANNOTATION));
    }
}
