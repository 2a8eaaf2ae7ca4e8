package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;

/// `HPAScalingPolicy` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.HPAScalingPolicy", model = "V2HPAScalingPolicy")
public record HPAScalingPolicy(
        @Required String type,
        @Required @Format("int32") Integer value,
        @Required @Format("int32") Integer periodSeconds) {}
