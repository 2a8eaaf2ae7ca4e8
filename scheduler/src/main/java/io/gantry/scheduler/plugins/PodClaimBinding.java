package io.gantry.scheduler.plugins;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.devices.ExtendedResources;
import io.gantry.scheduler.framework.PreBindPlugin.PreBindException;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Writes all that was decided for the claims of a pod, before the pod is bound (upstream's `PreBind`).
final class PodClaimBinding {
    private final ClusterView cluster;
    private final ClaimLedger ledger;
    private final DeviceBinding binding;
    private final ClaimBinder binder;
    private final Duration timeout;

    /// @param timeout for devices to become ready
    PodClaimBinding(ClusterView cluster, PluginContext.Devices devices, Duration timeout) {
        this.cluster = cluster;
        this.ledger = devices.ledger();
        this.binding = devices.binding();
        this.binder = new ClaimBinder(ledger, binding);
        this.timeout = timeout;
    }

    /// Blocks until the devices are ready, where some have to be made so.
    ///
    /// @throws PreBindException when that cannot be, or not in time
    void bind(PodInfo pod, String node) throws InterruptedException {
        PodDeviceClaims claims = PodDeviceClaims.of(pod, cluster);
        if (claims.problem().isPresent()) {
            throw new PreBindException(claims.problem().get());
        }
        List<ResourceClaim> bound = new ArrayList<>();
        for (ResourceClaim claim : claims.all()) {
            bound.add(PodClaims.isReservedFor(pod.pod(), claim) ? claim : binder.bind(claim, pod));
        }
        if (!pod.requests().scalars().isEmpty()) {
            ledger.decidedClaim(ExtendedClaims.uid(pod))
                    .ifPresent(decided -> bound.add(bindExtended(decided, pod, node)));
        }
        if (bound.stream().anyMatch(BindingConditions::any) && !binding.await(() -> areReady(pod), timeout)) {
            throw new PreBindException("device binding timeout: context deadline exceeded");
        }
    }

    /// Makes the claim that stands for extended resources, and tells the pod which devices they are.
    private ResourceClaim bindExtended(ResourceClaim decided, PodInfo pod, String node) {
        ExtendedClaims extended = ExtendedClaims.of(pod, cluster);
        ExtendedResources.Plan plan = cluster.node(node)
                .map(extended::planOn)
                .filter(each -> each.requests().equals(OpenClaims.requests(decided)))
                .orElseThrow(() -> new PreBindException("extended resource claim not found for node " + node));
        Optional<AllocationResult> allocation = ledger.decided(decided, pod.uid());
        try {
            ResourceClaim created = binding.create(extended.fresh(decided));
            ledger.created(created);
            ResourceClaim bound = binder.bind(created, pod, allocation);
            ledger.written(decided);
            binding.tell(
                    pod,
                    new PodExtendedResourceClaimStatus(
                            plan.mappings(),
                            Objects.requireNonNullElse(bound.metadata().name(), "")));
            return bound;
        } catch (StatusException refused) {
            throw new PreBindException("create claim for extended resources: " + refused.getMessage());
        }
    }

    private boolean areReady(PodInfo pod) {
        PodDeviceClaims claims = PodDeviceClaims.of(pod, cluster);
        if (claims.problem().isPresent()) {
            throw new PreBindException(claims.problem().get());
        }
        List<ResourceClaim> all = new ArrayList<>(claims.all());
        cluster.extendedClaim(pod.uid()).ifPresent(all::add);
        for (ResourceClaim claim : all) {
            switch (BindingConditions.of(claim)) {
                case BindingConditions.State.Ready _ -> {}
                case BindingConditions.State.Failed(String message) -> throw new PreBindException(message);
                case BindingConditions.State.Pending _ -> {
                    if (BindingConditions.late(claim, timeout, binding.now())) {
                        throw new PreBindException("device binding timeout: claim="
                                + claim.metadata().name());
                    }
                    return false;
                }
            }
        }
        return true;
    }
}
