package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ContainerResourceMetricStatus` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus", model = "V2ContainerResourceMetricStatus")
public record ContainerResourceMetricStatus(
        @Required String name,
        @Required @Written MetricValueStatus current,
        @Required String container) {}
