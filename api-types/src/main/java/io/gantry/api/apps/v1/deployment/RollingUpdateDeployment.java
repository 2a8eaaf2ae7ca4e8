package io.gantry.api.apps.v1.deployment;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `RollingUpdateDeployment` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.RollingUpdateDeployment", model = "V1RollingUpdateDeployment")
public record RollingUpdateDeployment(
        @Nullable IntOrString maxUnavailable, @Nullable IntOrString maxSurge) {}
