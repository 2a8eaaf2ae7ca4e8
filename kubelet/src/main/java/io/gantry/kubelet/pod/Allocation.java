package io.gantry.kubelet.pod;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.core.v1.pod.ResourceRequirementsBuilder;
import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a pod's containers were given: by name what they may have, by the runtime's id what the running ones do have.
///
/// @param given empty where the spec was never changed
/// @param actual only of containers that were changed while they ran
/// @param whole what the pod as a whole was given, where it asks for that
public record Allocation(
        Map<String, ResourceRequirements> given,
        Map<String, ResourceRequirements> actual,
        Optional<ResourceRequirements> whole) {
    public static final Allocation NONE = new Allocation(Map.of(), Map.of(), Optional.empty());

    static final ResourceRequirements NOTHING = new ResourceRequirements(Map.of(), Map.of(), List.of());

    public Allocation {
        given = Copies.map(given);
        actual = Copies.map(actual);
    }

    /// What the pod's spec asks for, as given.
    Allocation giving(Pod pod) {
        Map<String, ResourceRequirements> now = new LinkedHashMap<>();
        PodContainer.all(pod).forEach(container -> {
            if (container.spec().resources() != null) {
                now.put(container.name(), container.spec().resources());
            }
        });
        return new Allocation(now, actual, Optional.ofNullable(pod.spec().resources()));
    }

    /// A container now has these amounts.
    Allocation having(String containerId, ResourceRequirements resources) {
        Map<String, ResourceRequirements> now = new LinkedHashMap<>(actual);
        now.put(containerId, resources);
        return new Allocation(given, now, whole);
    }

    /// A container's amounts; limits that it does not have are those of its pod as a whole.
    static ResourceRequirements effective(
            Optional<ResourceRequirements> whole, @Nullable ResourceRequirements container) {
        ResourceRequirements own = Objects.requireNonNullElse(container, NOTHING);
        if (whole.isEmpty() || whole.get().limits().isEmpty()) {
            return own;
        }
        Map<String, Quantity> limits = new LinkedHashMap<>(whole.get().limits());
        limits.putAll(own.limits());
        return ResourceRequirementsBuilder.builder(own).limits(limits).build();
    }

    /// The pod as far as it was given what it asks for.
    Pod of(Pod pod) {
        boolean asked = given.equals(NONE.giving(pod).given())
                && whole.equals(Optional.ofNullable(pod.spec().resources()));
        if (asked || (given.isEmpty() && whole.isEmpty())) {
            return pod;
        }
        return PodBuilder.builder(pod)
                .spec(PodSpecBuilder.builder(pod.spec())
                        .resources(whole.orElse(null))
                        .containers(of(pod.spec().containers()))
                        .initContainers(of(pod.spec().initContainers()))
                        .build())
                .build();
    }

    private List<Container> of(List<Container> containers) {
        return containers.stream()
                .map(c -> given.containsKey(c.name())
                        ? ContainerBuilder.builder(c)
                                .resources(given.get(c.name()))
                                .build()
                        : c)
                .toList();
    }
}
