package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ResourceMetricStatus` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ResourceMetricStatus", model = "V2ResourceMetricStatus")
public record ResourceMetricStatus(
        @Required String name, @Required @Written MetricValueStatus current) {}
