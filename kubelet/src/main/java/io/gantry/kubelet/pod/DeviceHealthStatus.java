package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.ContainerStatusBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.api.core.v1.pod.PodStatusBuilder;
import io.gantry.api.core.v1.pod.ResourceStatus;
import java.util.List;
import java.util.Optional;

/// Tells the health of containers' devices in a pod's status (upstream `UpdateAllocatedResourcesStatus`).
final class DeviceHealthStatus {
    private DeviceHealthStatus() {}

    static PodStatus in(PodStatus status, Pod pod, PodDevices devices) {
        return PodStatusBuilder.builder(status)
                .containerStatuses(status.containerStatuses().stream()
                        .map(container -> in(container, pod, devices))
                        .toList())
                .build();
    }

    private static ContainerStatus in(ContainerStatus status, Pod pod, PodDevices devices) {
        Optional<Container> spec = pod.spec().containers().stream()
                .filter(container -> container.name().equals(status.name()))
                .findFirst();
        List<ResourceStatus> health =
                spec.map(container -> devices.health(pod, container)).orElse(List.of());
        if (health.isEmpty() && status.allocatedResourcesStatus().isEmpty()) {
            return status;
        }
        return ContainerStatusBuilder.builder(status)
                .allocatedResourcesStatus(health)
                .build();
    }
}
