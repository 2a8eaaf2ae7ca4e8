package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `MetricSpec` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.MetricSpec", model = "V2MetricSpec")
public record MetricSpec(
        @Required String type,
        @Nullable ObjectMetricSource object,
        @Nullable PodsMetricSource pods,
        @Nullable ResourceMetricSource resource,
        @Nullable ContainerResourceMetricSource containerResource,
        @Nullable ExternalMetricSource external) {}
