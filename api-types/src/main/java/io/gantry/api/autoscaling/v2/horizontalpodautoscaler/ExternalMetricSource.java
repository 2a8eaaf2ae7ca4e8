package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `ExternalMetricSource` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.ExternalMetricSource", model = "V2ExternalMetricSource")
public record ExternalMetricSource(
        @Required @Written MetricIdentifier metric,
        @Required @Written MetricTarget target) {}
