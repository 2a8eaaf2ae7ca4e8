package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The claims of devices that a pod names, or that were made for it.
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
            Optional<String> problem = switch (PodClaims.of(pod.pod(), wanted)) {
                case PodClaims.Reference.NotNeeded _ -> Optional.empty();
                case PodClaims.Reference.NotMade _ ->
                    Optional.of("pod \"" + pod.fullName() + "\": ResourceClaim not created yet");
                case PodClaims.Reference.Named named -> add(pod, named, view, all);
            };
            if (problem.isPresent()) {
                return new PodDeviceClaims(List.of(), problem);
            }
        }
        return new PodDeviceClaims(all, Optional.empty());
    }

    private static Optional<String> add(
            PodInfo pod, PodClaims.Reference.Named named, DeviceView view, List<ResourceClaim> all) {
        Optional<ResourceClaim> claim = view.deviceClaim(pod.namespace(), named.name());
        claim.ifPresent(all::add);
        return claim.isEmpty()
                ? Optional.of("resourceclaim \"" + named.name() + "\" not found")
                : problem(pod, claim.get(), named.generated());
    }

    private static Optional<String> problem(PodInfo pod, ResourceClaim claim, boolean generated) {
        if (claim.metadata().deletionTimestamp() != null) {
            return Optional.of("resourceclaim \"" + claim.metadata().name() + "\" is being deleted");
        }
        return generated && !PodClaims.isFor(pod.pod(), claim)
                ? Optional.of("ResourceClaim " + fullName(claim) + " was not created for Pod " + pod.fullName()
                        + " (Pod is not owner)")
                : Optional.empty();
    }

    /// `namespace/name`.
    static String fullName(ResourceClaim claim) {
        return claim.metadata().namespace() + "/" + claim.metadata().name();
    }

    /// Those without devices.
    List<ResourceClaim> toAllocate() {
        return all.stream().filter(claim -> claim.status().allocation() == null).toList();
    }
}
