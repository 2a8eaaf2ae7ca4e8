package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `MetricValueStatus` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.MetricValueStatus", model = "V2MetricValueStatus")
public record MetricValueStatus(
        @Nullable Quantity value,
        @Nullable Quantity averageValue,
        @Format("int32") @Nullable Integer averageUtilization) {}
