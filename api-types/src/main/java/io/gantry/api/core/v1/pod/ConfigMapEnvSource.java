package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ConfigMapEnvSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ConfigMapEnvSource", model = "V1ConfigMapEnvSource")
public record ConfigMapEnvSource(
        @Nullable Boolean optional, @Written @Nullable String name) {}
