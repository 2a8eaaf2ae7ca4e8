package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// How the scheduler writes what it decided about claims of devices. Calls write to the API server and
/// block; refusals are [io.gantry.api.StatusException]s.
public interface DeviceBinding {
    /// Reads the claim as it is now.
    ResourceClaim read(ResourceClaim claim);

    ResourceClaim create(ResourceClaim claim);

    ResourceClaim update(ResourceClaim claim);

    /// Notes in the pod's status which devices its extended resources are.
    void tell(PodInfo pod, PodExtendedResourceClaimStatus status);

    ResourceClaim updateStatus(ResourceClaim claim);

    /// The pod with this UID uses the claim no more.
    void unreserve(ResourceClaim claim, String podUid);

    /// Takes the scheduler's finalizer away and deletes the claim.
    void delete(ResourceClaim claim);

    /// Waits for what is told of claims.
    ///
    /// @param ready what it throws ends the wait
    /// @return false when it did not come true in time
    boolean await(BooleanSupplier ready, Duration limit) throws InterruptedException;

    /// The time of what is written.
    Instant now();

    /// Where nothing is ever bound.
    DeviceBinding REFUSING = new DeviceBinding() {
        private UnsupportedOperationException refused() {
            return new UnsupportedOperationException("no claim is written here");
        }

        @Override
        public ResourceClaim read(ResourceClaim claim) {
            throw refused();
        }

        @Override
        public ResourceClaim create(ResourceClaim claim) {
            throw refused();
        }

        @Override
        public void tell(PodInfo pod, PodExtendedResourceClaimStatus status) {
            throw refused();
        }

        @Override
        public ResourceClaim update(ResourceClaim claim) {
            throw refused();
        }

        @Override
        public ResourceClaim updateStatus(ResourceClaim claim) {
            throw refused();
        }

        @Override
        public void unreserve(ResourceClaim claim, String podUid) {
            throw refused();
        }

        @Override
        public void delete(ResourceClaim claim) {
            throw refused();
        }

        @Override
        public boolean await(BooleanSupplier ready, Duration limit) {
            throw refused();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    };
}
