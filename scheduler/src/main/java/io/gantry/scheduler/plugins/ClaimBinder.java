package io.gantry.scheduler.plugins;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.AllocationResultBuilder;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimConsumerReference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatus;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatusBuilder;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.framework.PreBindPlugin.PreBindException;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Writes to one claim that a pod uses it, and the devices that were decided for it (upstream `bindClaim`). Blocks.
final class ClaimBinder {
    private static final int MAX_TRIES = 5;

    private final ClaimLedger ledger;
    private final DeviceBinding binding;

    ClaimBinder(ClaimLedger ledger, DeviceBinding binding) {
        this.ledger = ledger;
        this.binding = binding;
    }

    /// The claim as it is then. What others changed meanwhile is read and taken over, a few times.
    ///
    /// @throws PreBindException when that cannot be, or not now
    ResourceClaim bind(ResourceClaim claim, PodInfo pod) {
        return bind(claim, pod, ledger.decided(claim, pod.uid()));
    }

    /// The same with devices that were decided for it under another name.
    ResourceClaim bind(ResourceClaim claim, PodInfo pod, Optional<AllocationResult> allocation) {
        ResourceClaim now = claim;
        for (int tries = 1; ; tries++) {
            try {
                ResourceClaim bound = write(now, pod, allocation);
                ledger.wrote(bound);
                allocation.ifPresent(decided -> ledger.written(bound));
                return bound;
            } catch (StatusException refused) {
                if (refused.code() != 409 || tries == MAX_TRIES) {
                    String what = allocation.isPresent() ? "allocation and reservation" : "reservation";
                    throw new PreBindException("add " + what + " to claim " + PodDeviceClaims.fullName(claim) + ": "
                            + refused.getMessage());
                }
            }
            now = latest(claim);
        }
    }

    private ResourceClaim latest(ResourceClaim claim) {
        try {
            ResourceClaim latest = binding.read(claim);
            if (!Objects.equals(latest.metadata().uid(), claim.metadata().uid())) {
                throw deleted(claim);
            }
            return latest;
        } catch (StatusException refused) {
            throw new PreBindException("get updated claim " + PodDeviceClaims.fullName(claim) + " after conflict: "
                    + refused.getMessage());
        }
    }

    private static PreBindException deleted(ResourceClaim claim) {
        return new PreBindException("claim " + PodDeviceClaims.fullName(claim) + " got deleted in the meantime");
    }

    private ResourceClaim write(ResourceClaim claim, PodInfo pod, Optional<AllocationResult> decided) {
        if (claim.metadata().deletionTimestamp() != null) {
            throw deleted(claim);
        }
        AllocationResult known = claim.status().allocation();
        if (decided.isPresent() && known != null) {
            throw meanwhile(claim, "allocated");
        }
        AllocationResult allocation = decided.orElse(known);
        if (allocation == null) {
            throw meanwhile(claim, "deallocated");
        }
        ResourceClaim kept = decided.isPresent() ? protect(claim) : claim;
        List<ResourceClaimConsumerReference> consumers =
                new ArrayList<>(kept.status().reservedFor());
        if (!PodClaims.isReservedFor(pod.pod(), kept)) {
            consumers.add(new ResourceClaimConsumerReference(null, "pods", pod.name(), pod.uid()));
        }
        ResourceClaimStatus status = ResourceClaimStatusBuilder.builder(kept.status())
                .allocation(stamped(allocation))
                .reservedFor(consumers)
                .build();
        return binding.updateStatus(
                ResourceClaimBuilder.builder(kept).status(status).build());
    }

    private static PreBindException meanwhile(ResourceClaim claim, String what) {
        return new PreBindException(
                "claim " + PodDeviceClaims.fullName(claim) + " got " + what + " elsewhere in the meantime");
    }

    private AllocationResult stamped(AllocationResult allocation) {
        return allocation.allocationTimestamp() == null
                ? AllocationResultBuilder.builder(allocation)
                        .allocationTimestamp(binding.now().truncatedTo(ChronoUnit.SECONDS))
                        .build()
                : allocation;
    }

    private ResourceClaim protect(ResourceClaim claim) {
        if (claim.metadata().finalizers().contains(PodClaims.FINALIZER)) {
            return claim;
        }
        List<String> finalizers = new ArrayList<>(claim.metadata().finalizers());
        finalizers.add(PodClaims.FINALIZER);
        return binding.update(ResourceClaimBuilder.builder(claim)
                .metadata(ObjectMetaBuilder.builder(claim.metadata())
                        .finalizers(finalizers)
                        .build())
                .build());
    }
}
