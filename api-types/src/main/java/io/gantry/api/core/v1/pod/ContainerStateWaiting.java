package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `ContainerStateWaiting` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerStateWaiting", model = "V1ContainerStateWaiting")
public record ContainerStateWaiting(
        @Nullable String reason, @Nullable String message) {}
