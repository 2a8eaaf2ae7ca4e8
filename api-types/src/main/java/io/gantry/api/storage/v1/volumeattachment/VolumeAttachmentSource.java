package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.core.v1.persistentvolume.PersistentVolumeSpec;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `VolumeAttachmentSource` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeAttachmentSource", model = "V1VolumeAttachmentSource")
public record VolumeAttachmentSource(
        @Nullable String persistentVolumeName, @Nullable PersistentVolumeSpec inlineVolumeSpec) {}
