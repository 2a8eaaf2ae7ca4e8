package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `PodResourceClaim` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodResourceClaim", model = "V1PodResourceClaim")
public record PodResourceClaim(
        @Required String name,
        @Nullable String resourceClaimName,
        @Nullable String resourceClaimTemplateName) {}
