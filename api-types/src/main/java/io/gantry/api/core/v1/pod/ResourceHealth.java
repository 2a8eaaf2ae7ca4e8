package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ResourceHealth` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceHealth", model = "V1ResourceHealth")
public record ResourceHealth(
        @Required String resourceID,
        @Nullable String health,
        @Nullable String message) {}
