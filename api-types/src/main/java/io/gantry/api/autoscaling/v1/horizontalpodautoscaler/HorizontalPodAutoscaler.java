package io.gantry.api.autoscaling.v1.horizontalpodautoscaler;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The HorizontalPodAutoscaler kind of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler", model = "V1HorizontalPodAutoscaler")
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
