package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `AzureFilePersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AzureFilePersistentVolumeSource", model = "V1AzureFilePersistentVolumeSource")
public record AzureFilePersistentVolumeSource(
        @Required String secretName,
        @Required String shareName,
        @Nullable Boolean readOnly,
        @Nullable String secretNamespace) {}
