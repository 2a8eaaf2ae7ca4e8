package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What plugins read of the cluster beside nodes and pods: cached, never a call to the API server.
public interface ClusterView extends Workloads, DeviceView {
    Optional<Node> node(String name);

    Map<String, String> namespaceLabels(String namespace);

    Optional<PersistentVolumeClaim> claim(String namespace, String name);

    Optional<PersistentVolume> volume(String name);

    /// Volumes that may serve a claim: those that are set aside for it, and those of its class that are for nobody.
    List<PersistentVolume> volumesFor(PersistentVolumeClaim claim);

    Optional<StorageClass> storageClass(String name);

    Optional<CSINode> csiNode(String name);

    Optional<CSIDriver> csiDriver(String name);

    /// What drivers can still make volumes of, of one class.
    List<CSIStorageCapacity> storageCapacities(String storageClass);

    /// What is attached to one node, or is to be.
    List<VolumeAttachment> attachments(String node);
}
