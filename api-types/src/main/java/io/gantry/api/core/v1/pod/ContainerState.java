package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `ContainerState` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerState", model = "V1ContainerState")
public record ContainerState(
        @Nullable ContainerStateWaiting waiting,
        @Nullable ContainerStateRunning running,
        @Nullable ContainerStateTerminated terminated) {}
