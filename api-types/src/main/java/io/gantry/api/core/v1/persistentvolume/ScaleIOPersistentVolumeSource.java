package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ScaleIOPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ScaleIOPersistentVolumeSource", model = "V1ScaleIOPersistentVolumeSource")
public record ScaleIOPersistentVolumeSource(
        @Required String gateway,
        @Required String system,
        @Required SecretReference secretRef,
        @Nullable Boolean sslEnabled,
        @Nullable String protectionDomain,
        @Nullable String storagePool,

        @Default(value = "\"ThinProvisioned\"", declared = true) @Nullable
        String storageMode,

        @Nullable String volumeName,

        @Default(value = "\"xfs\"", declared = true) @Nullable
        String fsType,

        @Nullable Boolean readOnly) {}
