package io.gantry.kubelet.volume;

/// A volume waits to be attached, and its driver says that the node has as many as it can have.
public final class VolumeLimitReached extends VolumeNotReady {
    public VolumeLimitReached(String volume, String message) {
        super(volume, message);
    }

    /// Upstream's `VolumeAttachLimitExceededError`.
    public String rejection() {
        return "Node has reached its volume attachment limit, rejecting pod. " + waiting();
    }
}
