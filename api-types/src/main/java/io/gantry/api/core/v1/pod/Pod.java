package io.gantry.api.core.v1.pod;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Pod kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Pod", model = "V1Pod")
public record Pod(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        PodSpec spec,
        @Default("{}") PodStatus status)
        implements KubernetesObject {
    public Pod {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PodSpecBuilder.builder().build() : spec;
        status = status == null ? PodStatusBuilder.builder().build() : status;
    }
}
