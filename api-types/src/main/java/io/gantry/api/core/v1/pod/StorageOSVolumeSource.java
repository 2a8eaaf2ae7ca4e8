package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `StorageOSVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.StorageOSVolumeSource", model = "V1StorageOSVolumeSource")
public record StorageOSVolumeSource(
        @Nullable String volumeName,
        @Nullable String volumeNamespace,
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable LocalObjectReference secretRef) {}
