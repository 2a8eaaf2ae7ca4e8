package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `FlockerVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.FlockerVolumeSource", model = "V1FlockerVolumeSource")
public record FlockerVolumeSource(
        @Nullable String datasetName, @Nullable String datasetUUID) {}
