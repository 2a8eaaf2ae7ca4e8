package io.gantry.kubelet.cgroup;

import io.gantry.api.core.v1.pod.Pod;

/// The cgroups of pods.
public interface PodCgroups {
    /// Makes the pod's cgroup with its limits and returns its name, as the runtime wants it; empty where pods have
    /// none.
    String create(Pod pod);

    /// Gives the pod's cgroup the greater of two limits each, while its containers are changed from the one to the
    /// other.
    void widen(Pod before, Pod after);

    /// Removes it, if it is there.
    void remove(String podUid);

    /// Nothing is made.
    static PodCgroups none() {
        return new PodCgroups() {
            @Override
            public String create(Pod pod) {
                return "";
            }

            @Override
            public void widen(Pod before, Pod after) {}

            @Override
            public void remove(String podUid) {}
        };
    }
}
