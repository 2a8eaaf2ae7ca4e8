package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ResourceClaimSpec` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceClaimSpec", model = "V1ResourceClaimSpec")
public record ResourceClaimSpec(@Written @Nullable DeviceClaim devices) {}
