package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceStatus;
import io.gantry.kubelet.runtime.ContainerDevices;
import java.util.List;
import java.util.Set;

/// Devices of several kinds, one kind after the other.
record AllDevices(List<PodDevices> kinds) implements PodDevices {
    @Override
    public void admit(Pod pod, Set<String> begun) {
        kinds.forEach(kind -> kind.admit(pod, begun));
    }

    @Override
    public void prepare(Pod pod) {
        kinds.forEach(kind -> kind.prepare(pod));
    }

    @Override
    public ContainerDevices of(Pod pod, Container container) {
        return kinds.stream().map(kind -> kind.of(pod, container)).reduce(ContainerDevices.NONE, ContainerDevices::and);
    }

    @Override
    public void unprepare(String podUid) {
        kinds.forEach(kind -> kind.unprepare(podUid));
    }

    @Override
    public List<ResourceStatus> health(Pod pod, Container container) {
        return kinds.stream()
                .flatMap(kind -> kind.health(pod, container).stream())
                .toList();
    }
}
