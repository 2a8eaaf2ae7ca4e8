package io.gantry.api.apps.v1.deployment;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `DeploymentStrategy` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DeploymentStrategy", model = "V1DeploymentStrategy")
public record DeploymentStrategy(
        @OneOf({"Recreate", "RollingUpdate"}) @Nullable String type,
        @Nullable RollingUpdateDeployment rollingUpdate) {}
