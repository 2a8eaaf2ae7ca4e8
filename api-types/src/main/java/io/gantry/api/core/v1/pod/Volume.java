package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `Volume` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Volume", model = "V1Volume")
public record Volume(
        @Required String name,
        @Nullable AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable AzureDiskVolumeSource azureDisk,
        @Nullable AzureFileVolumeSource azureFile,
        @Nullable CephFSVolumeSource cephfs,
        @Nullable CinderVolumeSource cinder,
        @Nullable ConfigMapVolumeSource configMap,
        @Nullable CSIVolumeSource csi,
        @Nullable DownwardAPIVolumeSource downwardAPI,
        @Nullable EmptyDirVolumeSource emptyDir,
        @Nullable EphemeralVolumeSource ephemeral,
        @Nullable FCVolumeSource fc,
        @Nullable FlexVolumeSource flexVolume,
        @Nullable FlockerVolumeSource flocker,
        @Nullable GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable GitRepoVolumeSource gitRepo,
        @Nullable GlusterfsVolumeSource glusterfs,
        @Nullable HostPathVolumeSource hostPath,
        @Nullable ImageVolumeSource image,
        @Nullable ISCSIVolumeSource iscsi,
        @Nullable NFSVolumeSource nfs,
        @Nullable PersistentVolumeClaimVolumeSource persistentVolumeClaim,
        @Nullable PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable PortworxVolumeSource portworxVolume,
        @Nullable ProjectedVolumeSource projected,
        @Nullable QuobyteVolumeSource quobyte,
        @Nullable RBDVolumeSource rbd,
        @Nullable ScaleIOVolumeSource scaleIO,
        @Nullable SecretVolumeSource secret,
        @Nullable StorageOSVolumeSource storageos,
        @Nullable VsphereVirtualDiskVolumeSource vsphereVolume) {}
