package io.gantry.kubelet.pod;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pod's containers were given: by name what they may have, by the runtime's id what the running ones do have.
///
/// @param given empty where the spec was never changed
/// @param actual only of containers that were changed while they ran
public record Allocation(Map<String, ResourceRequirements> given, Map<String, ResourceRequirements> actual) {
    public static final Allocation NONE = new Allocation(Map.of(), Map.of());

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
        return new Allocation(now, actual);
    }

    /// A container now has these amounts.
    Allocation having(String containerId, ResourceRequirements resources) {
        Map<String, ResourceRequirements> now = new LinkedHashMap<>(actual);
        now.put(containerId, resources);
        return new Allocation(given, now);
    }

    /// The pod as far as it was given what it asks for.
    Pod of(Pod pod) {
        if (given.isEmpty() || given.equals(NONE.giving(pod).given())) {
            return pod;
        }
        return PodBuilder.builder(pod)
                .spec(PodSpecBuilder.builder(pod.spec())
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
