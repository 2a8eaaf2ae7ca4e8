package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The HorizontalPodAutoscaler kind of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler", model = "V2HorizontalPodAutoscaler")
public record HorizontalPodAutoscaler(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required HorizontalPodAutoscalerSpec spec,
        @Default("{}") HorizontalPodAutoscalerStatus status)
        implements KubernetesObject {
    public HorizontalPodAutoscaler {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? HorizontalPodAutoscalerSpecBuilder.builder().build() : spec;
        status = status == null ? HorizontalPodAutoscalerStatusBuilder.builder().build() : status;
    }
}
