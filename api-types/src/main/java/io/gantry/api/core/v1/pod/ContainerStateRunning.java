package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `ContainerStateRunning` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerStateRunning", model = "V1ContainerStateRunning")
public record ContainerStateRunning(@Nullable Instant startedAt) {}
