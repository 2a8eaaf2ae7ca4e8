package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceStatus;
import io.gantry.kubelet.runtime.ContainerDevices;
import java.util.List;
import java.util.Set;

/// The devices that pods have, of device plugins and by claims. Thread-safe; a pod's calls come from its own thread.
public interface PodDevices {
    /// Sets aside what the containers of a pod ask for that has come to this node, or that a former kubelet had.
    /// Blocks.
    ///
    /// @param begun containers that need nothing any more, by name: they run, or have done their part
    /// @throws DevicesFailure when the pod cannot have it, and is to be refused
    void admit(Pod pod, Set<String> begun);

    /// Has drivers make everything ready that the pod's claims were given. Blocks.
    ///
    /// @throws DevicesFailure when a claim is not the pod's, or a driver is not there or fails
    void prepare(Pod pod);

    /// What a container of the pod gets, which is about to start. Blocks.
    ///
    /// @throws DevicesFailure when it is not ready
    ContainerDevices of(Pod pod, Container container);

    /// Has drivers take back what no other pod uses. Blocks.
    ///
    /// @throws DevicesFailure when a driver is not there or fails
    void unprepare(String podUid);

    /// How the devices of a container are.
    List<ResourceStatus> health(Pod pod, Container container);

    /// Devices of several kinds; none for a node without drivers, which looks at nothing.
    static PodDevices of(PodDevices... kinds) {
        return new AllDevices(List.of(kinds));
    }
}
