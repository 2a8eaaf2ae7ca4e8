package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `ContainerStateTerminated` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerStateTerminated", model = "V1ContainerStateTerminated")
public record ContainerStateTerminated(
        @Required @Format("int32") Integer exitCode,
        @Format("int32") @Nullable Integer signal,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String containerID) {}
