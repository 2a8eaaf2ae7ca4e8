package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `HorizontalPodAutoscalerCondition` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition",
        model = "V2HorizontalPodAutoscalerCondition")
public record HorizontalPodAutoscalerCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
