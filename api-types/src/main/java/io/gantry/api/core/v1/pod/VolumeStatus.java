package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `VolumeStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeStatus", model = "V1VolumeStatus")
public record VolumeStatus(@Nullable ImageVolumeStatus image) {}
