package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HorizontalPodAutoscalerStatus` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus", model = "V2HorizontalPodAutoscalerStatus")
public record HorizontalPodAutoscalerStatus(
        @Format("int64") @Nullable Long observedGeneration,
        @Nullable Instant lastScaleTime,
        @Format("int32") @Nullable Integer currentReplicas,
        @Required @Format("int32") Integer desiredReplicas,
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<MetricStatus> currentMetrics,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<HorizontalPodAutoscalerCondition> conditions) {
    public HorizontalPodAutoscalerStatus {
        currentMetrics = Copies.list(currentMetrics);
        conditions = Copies.list(conditions);
    }
}
