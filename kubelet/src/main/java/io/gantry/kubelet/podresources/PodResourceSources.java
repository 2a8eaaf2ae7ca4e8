package io.gantry.kubelet.podresources;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.podresources.v1.ContainerDevices;
import io.gantry.kubelet.podresources.v1.DynamicResource;
import java.util.List;

/// Who knows what pods have. Thread-safe; never blocks.
public interface PodResourceSources {
    /// The pods that have not ended.
    List<Pod> pods();

    /// What a container has of device plugins.
    List<ContainerDevices> devices(String podUid, String container);

    /// What plugins have that may be given.
    List<ContainerDevices> allocatable();

    /// What a container has by claims.
    List<DynamicResource> claims(Pod pod, Container container);
}
