package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `StorageOSPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.StorageOSPersistentVolumeSource", model = "V1StorageOSPersistentVolumeSource")
public record StorageOSPersistentVolumeSource(
        @Nullable String volumeName,
        @Nullable String volumeNamespace,
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable ObjectReference secretRef) {}
