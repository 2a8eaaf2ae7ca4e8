package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HPAScalingRules` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.HPAScalingRules", model = "V2HPAScalingRules")
public record HPAScalingRules(
        @Format("int32") @Nullable Integer stabilizationWindowSeconds,
        @Nullable String selectPolicy,
        @ListType(ListType.Kind.ATOMIC) List<HPAScalingPolicy> policies,
        @Nullable Quantity tolerance) {
    public HPAScalingRules {
        policies = Copies.list(policies);
    }
}
