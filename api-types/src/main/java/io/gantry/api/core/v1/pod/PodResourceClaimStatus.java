package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `PodResourceClaimStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodResourceClaimStatus", model = "V1PodResourceClaimStatus")
public record PodResourceClaimStatus(
        @Required String name, @Nullable String resourceClaimName) {}
