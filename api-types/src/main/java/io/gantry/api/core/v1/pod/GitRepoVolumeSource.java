package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `GitRepoVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.GitRepoVolumeSource", model = "V1GitRepoVolumeSource")
public record GitRepoVolumeSource(
        @Required String repository,
        @Nullable String revision,
        @Nullable String directory) {}
