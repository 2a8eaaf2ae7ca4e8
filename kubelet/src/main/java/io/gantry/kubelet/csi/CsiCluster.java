package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import java.util.Optional;

/// What volumes of drivers need of the API server. Calls block and throw [io.gantry.api.StatusException].
public interface CsiCluster {
    /// This kubelet's node.
    Node node();

    Optional<CSIDriver> driver(String name);

    Optional<VolumeAttachment> attachment(String name);

    /// Writes the status if the claim's resourceVersion still holds; returns the claim as it is then.
    PersistentVolumeClaim updateStatus(PersistentVolumeClaim claim);
}
