package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ObjectMetricSource` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ObjectMetricSource", model = "V2ObjectMetricSource")
public record ObjectMetricSource(
        @Required CrossVersionObjectReference describedObject,
        @Required MetricTarget target,
        @Required MetricIdentifier metric) {}
