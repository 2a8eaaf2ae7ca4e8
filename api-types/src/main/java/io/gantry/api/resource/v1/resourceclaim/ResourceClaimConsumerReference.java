package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ResourceClaimConsumerReference` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceClaimConsumerReference", model = "V1ResourceClaimConsumerReference")
public record ResourceClaimConsumerReference(
        @Nullable String apiGroup,
        @Required String resource,
        @Required String name,
        @Required String uid) {}
