package io.gantry.api.autoscaling.v1.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `HorizontalPodAutoscalerStatus` of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus", model = "V1HorizontalPodAutoscalerStatus")
public record HorizontalPodAutoscalerStatus(
        @Format("int64") @Nullable Long observedGeneration,
        @Nullable Instant lastScaleTime,
        @Required @Format("int32") Integer currentReplicas,
        @Required @Format("int32") Integer desiredReplicas,
        @Format("int32") @Nullable Integer currentCPUUtilizationPercentage) {}
