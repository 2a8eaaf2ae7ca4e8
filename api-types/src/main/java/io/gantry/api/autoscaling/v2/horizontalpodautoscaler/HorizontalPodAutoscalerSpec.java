package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HorizontalPodAutoscalerSpec` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec", model = "V2HorizontalPodAutoscalerSpec")
public record HorizontalPodAutoscalerSpec(
        @Required @Written CrossVersionObjectReference scaleTargetRef,
        @Format("int32") @Default("1") @Nullable Integer minReplicas,
        @Required @Format("int32") Integer maxReplicas,
        @ListType(ListType.Kind.ATOMIC) List<MetricSpec> metrics,
        @Nullable HorizontalPodAutoscalerBehavior behavior) {
    public HorizontalPodAutoscalerSpec {
        metrics = Copies.list(metrics);
    }
}
