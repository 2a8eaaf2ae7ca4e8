package io.gantry.scheduler.framework;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Optional;
import java.util.function.Function;

/// Something changed that may let waiting pods be scheduled.
public sealed interface ClusterEvent {
    /// Upstream's label in metrics, e.g. `AssignedPodDelete`.
    default String label() {
        return switch (this) {
            case NodeAdded _ -> "NodeAdd";
            case NodeChanged _ -> "NodeUpdate";
            case NodeGone _ -> "NodeDelete";
            case PodPlaced placed -> "AssignedPod" + action(placed.before());
            case PodGone _ -> "AssignedPodDelete";
            case PodItself _ -> "UnschedulablePodUpdate";
            case ClaimChanged changed -> "PersistentVolumeClaim" + action(changed.before());
            case VolumeChanged changed -> "PersistentVolume" + action(changed.before());
            case ClassChanged changed -> "StorageClass" + action(changed.before());
            case CsiNodeChanged changed -> "CSINode" + action(changed.before());
            case CsiDriverChanged changed -> "CSIDriver" + action(changed.before());
            case CapacityChanged changed -> "CSIStorageCapacity" + action(changed.before());
            case AttachmentGone _ -> "VolumeAttachmentDelete";
            case DeviceClaimChanged changed -> "ResourceClaim" + action(changed.before());
            case SliceChanged changed -> "ResourceSlice" + action(changed.before());
            case DeviceClassChanged changed -> "DeviceClass" + action(changed.before());
            case NamespaceChanged _ -> "NamespaceUpdate";
        };
    }

    private static String action(Optional<?> before) {
        return before.isEmpty() ? "Add" : "Update";
    }

    record NodeAdded(Node node) implements ClusterEvent {}

    record NodeChanged(Node before, Node after) implements ClusterEvent {
        /// Whether a label differs.
        public boolean relabelled() {
            return !before.metadata().labels().equals(after.metadata().labels());
        }

        /// Whether it declares other features than before.
        public boolean declaresOthers() {
            return !before.status().declaredFeatures().equals(after.status().declaredFeatures());
        }
    }

    /// A node went, and with it a domain that pods are spread over.
    record NodeGone(Node node) implements ClusterEvent {}

    /// A pod was bound, or one that was on a node changed.
    record PodPlaced(PodInfo pod, Optional<PodInfo> before) implements ClusterEvent {}

    /// A pod left its node.
    ///
    /// @param node where it was
    /// @param room the node without it as a waiting pod sees it: with the pods that it must give way to
    record PodGone(PodInfo pod, String node, Function<PodInfo, Optional<NodeInfo>> room) implements ClusterEvent {}

    /// The waiting pod itself was changed by a user.
    record PodItself(PodInfo before, PodInfo after) implements ClusterEvent {
        /// Whether it tolerates other taints than before.
        public boolean toleratesOthers() {
            return !before.pod().spec().tolerations().equals(after.pod().spec().tolerations());
        }
    }

    /// Something that volumes are made of came or changed.
    sealed interface StorageEvent extends ClusterEvent {}

    record ClaimChanged(Optional<PersistentVolumeClaim> before, PersistentVolumeClaim after) implements StorageEvent {}

    record VolumeChanged(Optional<PersistentVolume> before, PersistentVolume after) implements StorageEvent {}

    record ClassChanged(Optional<StorageClass> before, StorageClass after) implements StorageEvent {}

    record CsiNodeChanged(Optional<CSINode> before, CSINode after) implements StorageEvent {}

    /// There may be more room for volumes.
    sealed interface VolumeRoomEvent extends StorageEvent {}

    record CsiDriverChanged(Optional<CSIDriver> before, CSIDriver after) implements VolumeRoomEvent {}

    record CapacityChanged(Optional<CSIStorageCapacity> before, CSIStorageCapacity after) implements VolumeRoomEvent {}

    /// A volume was detached from its node.
    record AttachmentGone(VolumeAttachment attachment) implements VolumeRoomEvent {}

    /// Something that devices are found by came or changed.
    sealed interface DeviceEvent extends ClusterEvent {}

    record DeviceClaimChanged(Optional<ResourceClaim> before, ResourceClaim after) implements DeviceEvent {
        /// Whether its devices are free again.
        public boolean deallocated() {
            return before.filter(claim -> claim.status().allocation() != null).isPresent()
                    && after.status().allocation() == null;
        }
    }

    record SliceChanged(Optional<ResourceSlice> before, ResourceSlice after) implements DeviceEvent {}

    record DeviceClassChanged(Optional<DeviceClass> before, DeviceClass after) implements DeviceEvent {}

    /// Labels of a namespace changed, which affinity may select by.
    record NamespaceChanged() implements ClusterEvent {}
}
