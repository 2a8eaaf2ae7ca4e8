package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `LocalObjectReference` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LocalObjectReference", model = "V1LocalObjectReference")
@Atomic
public record LocalObjectReference(
        @Default("\"\"") @Written @Nullable String name) {}
