package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `MetricTarget` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.MetricTarget", model = "V2MetricTarget")
public record MetricTarget(
        @Required String type,
        @Nullable Quantity value,
        @Nullable Quantity averageValue,
        @Format("int32") @Nullable Integer averageUtilization) {}
