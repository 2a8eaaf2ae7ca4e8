package io.gantry.api.batch.v1.job;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `PodFailurePolicyOnPodConditionsPattern` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern",
        model = "V1PodFailurePolicyOnPodConditionsPattern")
public record PodFailurePolicyOnPodConditionsPattern(
        @Required String type, @Written @Nullable String status) {}
