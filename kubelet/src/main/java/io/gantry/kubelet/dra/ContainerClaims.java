package io.gantry.kubelet.dra;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.core.v1.pod.ResourceClaim;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.PodClaims.Reference;
import java.util.ArrayList;
import java.util.List;

/// Which part of which claims a container of a pod uses. Pure.
final class ContainerClaims {
    /// @param label how the pod's status names it: `claim:NAME` or `claim:NAME/REQUEST`; empty for extended resources
    /// @param claim the claim's own name
    /// @param request one of the claim's, empty for all
    record Use(String label, String claim, String request) {}

    private ContainerClaims() {}

    static List<Use> of(Pod pod, Container container) {
        List<Use> uses = new ArrayList<>();
        ResourceRequirements resources = container.resources();
        if (resources != null) {
            resources.claims().forEach(wanted -> add(pod, wanted, uses));
        }
        PodExtendedResourceClaimStatus extended = pod.status().extendedResourceClaimStatus();
        if (extended != null) {
            extended.requestMappings().stream()
                    .filter(mapping -> mapping.containerName().equals(container.name()))
                    .forEach(mapping -> uses.add(new Use("", extended.resourceClaimName(), mapping.requestName())));
        }
        return uses;
    }

    /// A claim that nobody needed to make gives nothing.
    private static void add(Pod pod, ResourceClaim wanted, List<Use> uses) {
        String request = wanted.request() == null ? "" : wanted.request();
        String label = "claim:" + wanted.name() + (request.isEmpty() ? "" : "/" + request);
        for (PodResourceClaim entry : pod.spec().resourceClaims()) {
            if (entry.name().equals(wanted.name()) && PodClaims.of(pod, entry) instanceof Reference.Named named) {
                uses.add(new Use(label, named.name(), request));
            }
        }
    }
}
