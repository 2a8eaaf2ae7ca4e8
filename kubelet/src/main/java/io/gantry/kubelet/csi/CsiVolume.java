package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.persistentvolume.CSIPersistentVolumeSource;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.SecretReference;
import io.gantry.api.core.v1.pod.CSIVolumeSource;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A volume of a driver as a pod has it: a persistent one, or one that lives as long as the pod.
///
/// @param name upstream's `specVolumeID`: the PersistentVolume's name, or the volume's in the pod
/// @param inline whether it lives with the pod
/// @param block whether containers have it as a device
/// @param accessModes those of the PersistentVolume; the first one counts
record CsiVolume(
        String name,
        String driver,
        String handle,
        boolean inline,
        boolean block,
        boolean readOnly,
        String fsType,
        Map<String, String> attributes,
        List<String> accessModes,
        List<String> mountOptions,
        Optional<SecretReference> stageSecret,
        Optional<SecretReference> publishSecret,
        Optional<SecretReference> expandSecret) {
    CsiVolume {
        attributes = Map.copyOf(attributes);
        accessModes = List.copyOf(accessModes);
        mountOptions = List.copyOf(mountOptions);
    }

    /// @param readOnly whether the pod's claim is only read
    static CsiVolume of(PersistentVolume volume, boolean readOnly) {
        CSIPersistentVolumeSource source = Objects.requireNonNull(volume.spec().csi());
        return new CsiVolume(
                Objects.requireNonNull(volume.metadata().name()),
                source.driver(),
                source.volumeHandle(),
                false,
                "Block".equals(volume.spec().volumeMode()),
                readOnly,
                Objects.requireNonNullElse(source.fsType(), ""),
                source.volumeAttributes(),
                volume.spec().accessModes(),
                volume.spec().mountOptions(),
                Optional.ofNullable(source.nodeStageSecretRef()),
                Optional.ofNullable(source.nodePublishSecretRef()),
                Optional.ofNullable(source.nodeExpandSecretRef()));
    }

    static CsiVolume inline(Pod pod, Volume volume) {
        CSIVolumeSource source = Objects.requireNonNull(volume.csi());
        PodIdentity id = PodIdentity.of(pod);
        return new CsiVolume(
                volume.name(),
                source.driver(),
                CsiNames.inlineHandle(id.uid(), volume.name()),
                true,
                false,
                Boolean.TRUE.equals(source.readOnly()),
                Objects.requireNonNullElse(source.fsType(), ""),
                source.volumeAttributes(),
                List.of("ReadWriteOnce"),
                List.of(),
                Optional.empty(),
                Optional.ofNullable(source.nodePublishSecretRef())
                        .map(secret -> new SecretReference(secret.name(), id.namespace())),
                Optional.empty());
    }

    String accessMode() {
        return accessModes.isEmpty() ? "ReadWriteOnce" : accessModes.getFirst();
    }

    /// Whether one pod alone may have it.
    boolean isForOnePod() {
        return accessModes.equals(List.of("ReadWriteOncePod"));
    }

    VolumeRef ref() {
        return new VolumeRef(name, new VolumeKey(driver, handle), inline, block);
    }
}
