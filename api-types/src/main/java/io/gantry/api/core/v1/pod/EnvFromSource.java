package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `EnvFromSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EnvFromSource", model = "V1EnvFromSource")
public record EnvFromSource(
        @Nullable String prefix,
        @Nullable ConfigMapEnvSource configMapRef,
        @Nullable SecretEnvSource secretRef) {}
