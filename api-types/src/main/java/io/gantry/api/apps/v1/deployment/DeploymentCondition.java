package io.gantry.api.apps.v1.deployment;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `DeploymentCondition` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DeploymentCondition", model = "V1DeploymentCondition")
public record DeploymentCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastUpdateTime,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
