package io.gantry.kubelet.csi;

import io.gantry.api.storage.v1.volumeattachment.CsiNames;

/// What a volume is for its driver.
record VolumeKey(String driver, String handle) implements Comparable<VolumeKey> {
    /// As a Node's status names it in `volumesInUse` and `volumesAttached`.
    String uniqueName() {
        return CsiNames.unique(driver, handle);
    }

    @Override
    public int compareTo(VolumeKey other) {
        return uniqueName().compareTo(other.uniqueName());
    }
}
