package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ConfigMapKeySelector` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ConfigMapKeySelector", model = "V1ConfigMapKeySelector")
@Atomic
public record ConfigMapKeySelector(
        @Required String key,
        @Nullable Boolean optional,
        @Written @Nullable String name) {}
