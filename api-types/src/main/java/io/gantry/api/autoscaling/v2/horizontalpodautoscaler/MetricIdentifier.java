package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `MetricIdentifier` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.MetricIdentifier", model = "V2MetricIdentifier")
public record MetricIdentifier(
        @Required String name, @Nullable LabelSelector selector) {}
