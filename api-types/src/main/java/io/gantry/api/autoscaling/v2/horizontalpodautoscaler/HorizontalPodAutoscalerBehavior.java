package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `HorizontalPodAutoscalerBehavior` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior",
        model = "V2HorizontalPodAutoscalerBehavior")
public record HorizontalPodAutoscalerBehavior(
        @Nullable HPAScalingRules scaleUp, @Nullable HPAScalingRules scaleDown) {}
