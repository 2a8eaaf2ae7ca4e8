package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ScaleIOVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ScaleIOVolumeSource", model = "V1ScaleIOVolumeSource")
public record ScaleIOVolumeSource(
        @Required String gateway,
        @Required String system,
        @Required LocalObjectReference secretRef,
        @Nullable Boolean sslEnabled,
        @Nullable String protectionDomain,
        @Nullable String storagePool,

        @Default(value = "\"ThinProvisioned\"", declared = true) @Nullable
        String storageMode,

        @Nullable String volumeName,

        @Default(value = "\"xfs\"", declared = true) @Nullable
        String fsType,

        @Nullable Boolean readOnly) {}
