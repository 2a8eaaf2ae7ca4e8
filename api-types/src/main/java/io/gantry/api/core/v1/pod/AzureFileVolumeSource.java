package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `AzureFileVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AzureFileVolumeSource", model = "V1AzureFileVolumeSource")
public record AzureFileVolumeSource(
        @Required String secretName,
        @Required String shareName,
        @Nullable Boolean readOnly) {}
