package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `MetricStatus` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.MetricStatus", model = "V2MetricStatus")
public record MetricStatus(
        @Required String type,
        @Nullable ObjectMetricStatus object,
        @Nullable PodsMetricStatus pods,
        @Nullable ResourceMetricStatus resource,
        @Nullable ContainerResourceMetricStatus containerResource,
        @Nullable ExternalMetricStatus external) {}
