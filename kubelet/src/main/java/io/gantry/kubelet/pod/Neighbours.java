package io.gantry.kubelet.pod;

import java.util.List;

/// Those on the node's network who may remember an address's former pod.
public interface Neighbours {
    /// These addresses are a new pod's. Returns at once; never fails, since a pod runs without it too.
    void learn(List<String> podIps);

    /// Nobody.
    static Neighbours none() {
        return podIps -> {};
    }
}
