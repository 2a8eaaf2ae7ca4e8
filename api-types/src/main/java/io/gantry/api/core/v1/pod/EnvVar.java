package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `EnvVar` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EnvVar", model = "V1EnvVar")
public record EnvVar(
        @Required String name,
        @Nullable String value,
        @Nullable EnvVarSource valueFrom) {}
