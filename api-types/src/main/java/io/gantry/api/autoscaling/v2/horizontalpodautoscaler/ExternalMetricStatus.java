package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ExternalMetricStatus` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ExternalMetricStatus", model = "V2ExternalMetricStatus")
public record ExternalMetricStatus(
        @Required @Written MetricIdentifier metric,
        @Required @Written MetricValueStatus current) {}
