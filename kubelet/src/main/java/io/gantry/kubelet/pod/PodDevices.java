package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceStatus;
import java.util.List;

/// The devices that pods have by claims. Thread-safe; a pod's calls come from its own thread.
public interface PodDevices {
    /// Has drivers make everything ready that the pod's claims were given. Blocks.
    ///
    /// @throws DevicesFailure when a claim is not the pod's, or a driver is not there or fails
    void prepare(Pod pod);

    /// The CDI names of what a container of the pod gets.
    ///
    /// @throws DevicesFailure when a claim is not ready
    List<String> of(Pod pod, Container container);

    /// Has drivers take back what no other pod uses. Blocks.
    ///
    /// @throws DevicesFailure when a driver is not there or fails
    void unprepare(String podUid);

    /// How the devices of a container are, claim by claim.
    List<ResourceStatus> health(Pod pod, Container container);

    /// For a node without drivers: claims are not looked at.
    static PodDevices none() {
        return new PodDevices() {
            @Override
            public void prepare(Pod pod) {}

            @Override
            public List<String> of(Pod pod, Container container) {
                return List.of();
            }

            @Override
            public void unprepare(String podUid) {}

            @Override
            public List<ResourceStatus> health(Pod pod, Container container) {
                return List.of();
            }
        };
    }
}
