package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ObjectMetricSource` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ObjectMetricSource", model = "V2ObjectMetricSource")
public record ObjectMetricSource(
        @Required @Written CrossVersionObjectReference describedObject,
        @Required @Written MetricTarget target,
        @Required @Written MetricIdentifier metric) {}
