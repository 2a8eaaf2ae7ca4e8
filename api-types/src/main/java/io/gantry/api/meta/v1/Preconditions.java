package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `Preconditions` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions", model = "V1Preconditions")
public record Preconditions(@Nullable String uid, @Nullable String resourceVersion) {}
