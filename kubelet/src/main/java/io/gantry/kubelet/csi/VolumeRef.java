package io.gantry.kubelet.csi;

/// What must be known of a volume to take it down.
///
/// @param name upstream's `specVolumeID`: the PersistentVolume's name, or the volume's in the pod
/// @param inline whether it lives with the pod
/// @param block whether containers have it as a device
record VolumeRef(String name, VolumeKey key, boolean inline, boolean block) {
    /// `Persistent` or `Ephemeral`, as CSIDrivers list what they can.
    String lifecycleMode() {
        return inline ? "Ephemeral" : "Persistent";
    }
}
