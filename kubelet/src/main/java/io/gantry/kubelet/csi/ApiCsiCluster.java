package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.client.ApiClient;
import java.util.Optional;

/// The cluster over the API client: nothing is cached, since a driver is asked for only when a volume is mounted.
public record ApiCsiCluster(String nodeName, ApiClient client) implements CsiCluster {
    @Override
    public Node node() {
        return client.resource(NodeKind.KIND).get("", nodeName);
    }

    @Override
    public Optional<CSIDriver> driver(String name) {
        return client.resource(CSIDriverKind.KIND).find("", name);
    }

    @Override
    public Optional<VolumeAttachment> attachment(String name) {
        return client.resource(VolumeAttachmentKind.KIND).find("", name);
    }

    @Override
    public PersistentVolumeClaim updateStatus(PersistentVolumeClaim claim) {
        return client.resource(PersistentVolumeClaimKind.KIND).updateStatus(claim);
    }
}
