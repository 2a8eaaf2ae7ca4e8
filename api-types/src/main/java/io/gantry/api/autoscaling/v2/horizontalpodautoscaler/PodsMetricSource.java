package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `PodsMetricSource` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.PodsMetricSource", model = "V2PodsMetricSource")
public record PodsMetricSource(
        @Required @Written MetricIdentifier metric,
        @Required @Written MetricTarget target) {}
