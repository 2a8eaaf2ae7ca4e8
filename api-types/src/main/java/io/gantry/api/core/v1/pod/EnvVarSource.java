package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `EnvVarSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EnvVarSource", model = "V1EnvVarSource")
public record EnvVarSource(
        @Nullable ObjectFieldSelector fieldRef,
        @Nullable ResourceFieldSelector resourceFieldRef,
        @Nullable ConfigMapKeySelector configMapKeyRef,
        @Nullable SecretKeySelector secretKeyRef,
        @Nullable FileKeySelector fileKeyRef) {}
