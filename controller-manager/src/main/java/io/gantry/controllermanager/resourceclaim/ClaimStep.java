package io.gantry.controllermanager.resourceclaim;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaimConsumerReference;
import java.util.List;

/// One write to a claim.
sealed interface ClaimStep {
    /// Notes who still uses it.
    ///
    /// @param deallocates whether its devices are free again
    record Release(List<ResourceClaimConsumerReference> remaining, boolean deallocates) implements ClaimStep {
        public Release {
            remaining = List.copyOf(remaining);
        }
    }

    /// Takes the finalizer off, if there is no allocation now.
    record Unprotect() implements ClaimStep {}

    record Delete() implements ClaimStep {}
}
