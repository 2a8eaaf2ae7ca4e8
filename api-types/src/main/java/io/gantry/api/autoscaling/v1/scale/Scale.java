package io.gantry.api.autoscaling.v1.scale;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The Scale kind of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.Scale", model = "V1Scale")
public record Scale(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata, ScaleSpec spec, ScaleStatus status)
        implements KubernetesObject {
    public Scale {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ScaleSpecBuilder.builder().build() : spec;
        status = status == null ? ScaleStatusBuilder.builder().build() : status;
    }
}
