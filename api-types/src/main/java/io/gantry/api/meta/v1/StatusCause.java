package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `StatusCause` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause", model = "V1StatusCause")
public record StatusCause(
        @Nullable String reason,
        @Nullable String message,
        @Nullable String field) {}
