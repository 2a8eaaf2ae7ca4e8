package io.gantry.kubelet.runtime;

/// One bind mount.
public record MountSpec(String containerPath, String hostPath, boolean readOnly, Propagation propagation) {
    /// How mounts made later pass between host and container.
    public enum Propagation {
        PRIVATE,
        HOST_TO_CONTAINER,
        BIDIRECTIONAL
    }

    public static MountSpec of(String containerPath, String hostPath, boolean readOnly) {
        return new MountSpec(containerPath, hostPath, readOnly, Propagation.PRIVATE);
    }
}
