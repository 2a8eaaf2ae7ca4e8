package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.pod.AWSElasticBlockStoreVolumeSource;
import io.gantry.api.core.v1.pod.AzureDiskVolumeSource;
import io.gantry.api.core.v1.pod.FCVolumeSource;
import io.gantry.api.core.v1.pod.FlockerVolumeSource;
import io.gantry.api.core.v1.pod.GCEPersistentDiskVolumeSource;
import io.gantry.api.core.v1.pod.HostPathVolumeSource;
import io.gantry.api.core.v1.pod.NFSVolumeSource;
import io.gantry.api.core.v1.pod.PhotonPersistentDiskVolumeSource;
import io.gantry.api.core.v1.pod.PortworxVolumeSource;
import io.gantry.api.core.v1.pod.QuobyteVolumeSource;
import io.gantry.api.core.v1.pod.VsphereVirtualDiskVolumeSource;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PersistentVolumeSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeSpec", model = "V1PersistentVolumeSpec")
public record PersistentVolumeSpec(
        Map<String, Quantity> capacity,

        @ListType(ListType.Kind.ATOMIC) @OneOf({"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"})
        List<String> accessModes,

        @Atomic(false) @Nullable ObjectReference claimRef,

        @OneOf({"Recycle", "Delete", "Retain"}) @Default("\"Retain\"") @Nullable
        String persistentVolumeReclaimPolicy,

        @Nullable String storageClassName,
        @ListType(ListType.Kind.ATOMIC) List<String> mountOptions,

        @OneOf({"Block", "Filesystem"}) @Default("\"Filesystem\"") @Nullable
        String volumeMode,

        @Nullable VolumeNodeAffinity nodeAffinity,
        @Nullable String volumeAttributesClassName,
        @Nullable AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable AzureDiskVolumeSource azureDisk,
        @Nullable AzureFilePersistentVolumeSource azureFile,
        @Nullable CephFSPersistentVolumeSource cephfs,
        @Nullable CinderPersistentVolumeSource cinder,
        @Nullable CSIPersistentVolumeSource csi,
        @Nullable FCVolumeSource fc,
        @Nullable FlexPersistentVolumeSource flexVolume,
        @Nullable FlockerVolumeSource flocker,
        @Nullable GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable GlusterfsPersistentVolumeSource glusterfs,
        @Nullable HostPathVolumeSource hostPath,
        @Nullable ISCSIPersistentVolumeSource iscsi,
        @Nullable LocalVolumeSource local,
        @Nullable NFSVolumeSource nfs,
        @Nullable PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable PortworxVolumeSource portworxVolume,
        @Nullable QuobyteVolumeSource quobyte,
        @Nullable RBDPersistentVolumeSource rbd,
        @Nullable ScaleIOPersistentVolumeSource scaleIO,
        @Nullable StorageOSPersistentVolumeSource storageos,
        @Nullable VsphereVirtualDiskVolumeSource vsphereVolume) {
    public PersistentVolumeSpec {
        capacity = Copies.map(capacity);
        accessModes = Copies.list(accessModes);
        mountOptions = Copies.list(mountOptions);
    }
}
