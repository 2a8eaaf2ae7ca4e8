package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.core.v1.pod.PodResourceClaimStatus;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The claims of devices that a pod names, or that were made for it (upstream `resourceclaim.Name`, `IsForPod`).
///
/// @param problem why the pod cannot be scheduled with them; then there are none
record PodDeviceClaims(List<ResourceClaim> all, Optional<String> problem) {
    PodDeviceClaims {
        all = List.copyOf(all);
    }

    static boolean isNoneIn(PodInfo pod) {
        return pod.pod().spec().resourceClaims().isEmpty();
    }

    static PodDeviceClaims of(PodInfo pod, DeviceView view) {
        List<ResourceClaim> all = new ArrayList<>();
        for (PodResourceClaim wanted : pod.pod().spec().resourceClaims()) {
            Name name = name(pod, wanted);
            if (name.problem.isPresent()) {
                return new PodDeviceClaims(List.of(), name.problem);
            }
            if (name.text.isEmpty()) {
                continue;
            }
            Optional<ResourceClaim> claim = view.deviceClaim(pod.namespace(), name.text);
            Optional<String> problem = claim.isEmpty()
                    ? Optional.of("resourceclaim \"" + name.text + "\" not found")
                    : problem(pod, claim.get(), name.generated);
            if (problem.isPresent()) {
                return new PodDeviceClaims(List.of(), problem);
            }
            claim.ifPresent(all::add);
        }
        return new PodDeviceClaims(all, Optional.empty());
    }

    /// @param text empty when no claim is needed
    /// @param generated whether it was made for this pod
    private record Name(String text, boolean generated, Optional<String> problem) {}

    private static Name name(PodInfo pod, PodResourceClaim wanted) {
        if (wanted.resourceClaimName() != null) {
            return new Name(wanted.resourceClaimName(), false, Optional.empty());
        }
        String who = "pod \"" + pod.fullName() + "\"";
        if (wanted.resourceClaimTemplateName() == null) {
            String what = ", spec.resourceClaim \"" + wanted.name() + "\": none of the supported fields are set";
            return new Name("", false, Optional.of(who + what));
        }
        for (PodResourceClaimStatus status : pod.pod().status().resourceClaimStatuses()) {
            if (status.name().equals(wanted.name())) {
                return new Name(Objects.requireNonNullElse(status.resourceClaimName(), ""), true, Optional.empty());
            }
        }
        return new Name("", true, Optional.of(who + ": ResourceClaim not created yet"));
    }

    private static Optional<String> problem(PodInfo pod, ResourceClaim claim, boolean generated) {
        if (claim.metadata().deletionTimestamp() != null) {
            return Optional.of("resourceclaim \"" + claim.metadata().name() + "\" is being deleted");
        }
        boolean foreign =
                generated && claim.metadata().ownerReferences().stream().noneMatch(owner -> isController(owner, pod));
        return foreign
                ? Optional.of("ResourceClaim " + fullName(claim) + " was not created for Pod " + pod.fullName()
                        + " (Pod is not owner)")
                : Optional.empty();
    }

    private static boolean isController(OwnerReference owner, PodInfo pod) {
        return Boolean.TRUE.equals(owner.controller())
                && Objects.equals(owner.uid(), pod.pod().metadata().uid());
    }

    /// `namespace/name`.
    static String fullName(ResourceClaim claim) {
        return claim.metadata().namespace() + "/" + claim.metadata().name();
    }

    /// Those without devices.
    List<ResourceClaim> toAllocate() {
        return all.stream().filter(claim -> claim.status().allocation() == null).toList();
    }

    /// Whether the claim is kept for the pod already.
    static boolean isReserved(ResourceClaim claim, PodInfo pod) {
        return claim.status().reservedFor().stream()
                .anyMatch(consumer -> consumer.uid().equals(pod.pod().metadata().uid()));
    }
}
