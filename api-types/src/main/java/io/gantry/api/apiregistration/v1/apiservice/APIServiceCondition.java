package io.gantry.api.apiregistration.v1.apiservice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `APIServiceCondition` of `apiregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition",
        model = "V1APIServiceCondition")
public record APIServiceCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
