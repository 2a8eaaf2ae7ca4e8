package io.gantry.api.core.v1.pod;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `EmptyDirVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EmptyDirVolumeSource", model = "V1EmptyDirVolumeSource")
public record EmptyDirVolumeSource(
        @Nullable String medium, @Nullable Quantity sizeLimit) {}
