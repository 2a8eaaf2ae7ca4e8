package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.InformerHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The claims as this scheduler knows them: what the watch told, what it wrote itself and has not been told
/// yet, and what it decided and has not written. So no device is given twice between a decision and the
/// watch's answer. After a restart all that counts is in the claims. Thread-safe: one private lock guards
/// all state.
public final class ClaimLedger {
    private final Object lock = new Object();
    private final Map<ObjectKey, ResourceClaim> claims = new HashMap<>();
    private final Map<String, Decided> decided = new HashMap<>();

    /// Devices that were chosen for a claim on behalf of a pod.
    private record Decided(String pod, ResourceClaim claim, AllocationResult allocation) {}

    /// Learns what the watch tells.
    public InformerHandler<ResourceClaim> follower() {
        return InformerHandler.of(this::learn, this::forget);
    }

    private void learn(ResourceClaim claim) {
        synchronized (lock) {
            claims.merge(ObjectKey.of(claim), claim, ClaimLedger::newer);
        }
    }

    private static ResourceClaim newer(ResourceClaim known, ResourceClaim told) {
        boolean older = uid(known).equals(uid(told)) && revision(told) < revision(known);
        return older ? known : told;
    }

    private static long revision(ResourceClaim claim) {
        return Long.parseLong(Objects.requireNonNullElse(claim.metadata().resourceVersion(), "0"));
    }

    private static String uid(ResourceClaim claim) {
        return Objects.requireNonNullElse(claim.metadata().uid(), "");
    }

    private void forget(ResourceClaim last) {
        synchronized (lock) {
            claims.computeIfPresent(
                    ObjectKey.of(last), (key, known) -> uid(known).equals(uid(last)) ? null : known);
        }
    }

    /// The API server's answer to a write of this scheduler. One that is gone meanwhile stays gone.
    public void wrote(ResourceClaim claim) {
        synchronized (lock) {
            claims.computeIfPresent(
                    ObjectKey.of(claim), (key, known) -> uid(known).equals(uid(claim)) ? newer(known, claim) : known);
        }
    }

    /// The API server's answer to the creation of a claim.
    public void created(ResourceClaim claim) {
        learn(claim);
    }

    /// The claim that was made for the extended resources of a pod.
    public Optional<ResourceClaim> extendedClaim(String podUid) {
        synchronized (lock) {
            return claims.values().stream()
                    .filter(claim -> ExtendedResources.isOwn(claim)
                            && claim.metadata().ownerReferences().stream()
                                    .anyMatch(owner -> podUid.equals(owner.uid())))
                    .findFirst();
        }
    }

    /// The claim as it was when devices were chosen for it, under a UID of this scheduler's own.
    public Optional<ResourceClaim> decidedClaim(String uid) {
        synchronized (lock) {
            return Optional.ofNullable(decided.get(uid)).map(Decided::claim);
        }
    }

    public Optional<ResourceClaim> claim(String namespace, String name) {
        synchronized (lock) {
            return Optional.ofNullable(claims.get(new ObjectKey(namespace, name)));
        }
    }

    /// Devices were chosen for the claim.
    ///
    /// @param pod the UID of the pod that they are chosen for
    /// @return false when there are others chosen for it already
    public boolean decide(ResourceClaim claim, String pod, AllocationResult allocation) {
        synchronized (lock) {
            return decided.putIfAbsent(uid(claim), new Decided(pod, claim, allocation)) == null;
        }
    }

    /// What was decided for the claim and is not written.
    public Optional<AllocationResult> decided(ResourceClaim claim) {
        synchronized (lock) {
            return Optional.ofNullable(decided.get(uid(claim))).map(Decided::allocation);
        }
    }

    /// What was decided for the claim on behalf of this pod and is not written.
    public Optional<AllocationResult> decided(ResourceClaim claim, String pod) {
        synchronized (lock) {
            return Optional.ofNullable(decided.get(uid(claim)))
                    .filter(each -> each.pod.equals(pod))
                    .map(Decided::allocation);
        }
    }

    /// The decision for the claim is written.
    public void written(ResourceClaim claim) {
        synchronized (lock) {
            decided.remove(uid(claim));
        }
    }

    /// What was decided on behalf of the pod does not come about.
    public void withdraw(String pod) {
        synchronized (lock) {
            decided.values().removeIf(each -> each.pod.equals(pod));
        }
    }

    /// The devices of all claims, written and about to be.
    public List<DeviceRequestAllocationResult> allocatedDevices() {
        synchronized (lock) {
            List<DeviceRequestAllocationResult> all = new ArrayList<>();
            for (ResourceClaim claim : claims.values()) {
                AllocationResult allocation = claim.status().allocation();
                if (allocation != null) {
                    all.addAll(results(allocation));
                }
            }
            decided.values().forEach(each -> all.addAll(results(each.allocation)));
            return all;
        }
    }

    private static Collection<DeviceRequestAllocationResult> results(AllocationResult allocation) {
        DeviceAllocationResult devices = allocation.devices();
        return devices == null ? List.of() : devices.results();
    }
}
