package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ContainerResourceMetricSource` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ContainerResourceMetricSource", model = "V2ContainerResourceMetricSource")
public record ContainerResourceMetricSource(
        @Required String name,
        @Required @Written MetricTarget target,
        @Required String container) {}
