package io.gantry.api.autoscaling.v1.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `HorizontalPodAutoscalerSpec` of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec", model = "V1HorizontalPodAutoscalerSpec")
public record HorizontalPodAutoscalerSpec(
        @Required @Written CrossVersionObjectReference scaleTargetRef,
        @Format("int32") @Default("1") @Nullable Integer minReplicas,
        @Required @Format("int32") Integer maxReplicas,
        @Format("int32") @Nullable Integer targetCPUUtilizationPercentage) {}
