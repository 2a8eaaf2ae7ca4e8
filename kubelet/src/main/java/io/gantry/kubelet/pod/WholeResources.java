package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a status says of the amounts of a pod as a whole (upstream `kubelet_pods.go`,
/// convertToAPIPodLevelResourcesStatus). Pure.
final class WholeResources {
    private static final List<String> LIMITED = List.of("cpu", "memory");

    private WholeResources() {}

    /// @param pod with what it was given
    /// @param changing whether the cgroup is still on its way to that
    static ResourceRequirements of(Pod pod, boolean changing) {
        PodStatus before = pod.status();
        if (!"Running".equals(before.phase())) {
            return new ResourceRequirements(PodResources.limits(pod.spec()), PodResources.requests(pod), List.of());
        }
        if (changing && before.resources() != null) {
            return before.resources();
        }
        ResourceRequirements whole = Objects.requireNonNullElse(pod.spec().resources(), Allocation.NOTHING);
        Map<String, Quantity> requests = new LinkedHashMap<>(whole.requests());
        Map<String, Quantity> limits = new LinkedHashMap<>(whole.limits());
        Map<String, Quantity> allRequests = PodResources.requests(pod);
        Map<String, Quantity> allLimits = PodResources.limits(pod.spec());
        for (String resource : LIMITED) {
            if (allRequests.containsKey(resource)) {
                requests.putIfAbsent(resource, allRequests.get(resource));
            }
            if (everyContainerLimits(pod, resource)) {
                limits.putIfAbsent(resource, allLimits.get(resource));
            }
        }
        return new ResourceRequirements(limits, requests, List.of());
    }

    private static boolean everyContainerLimits(Pod pod, String resource) {
        return PodResources.allContainers(pod.spec()).stream()
                .allMatch(c -> PodResources.limitsOf(c.resources()).containsKey(resource));
    }
}
