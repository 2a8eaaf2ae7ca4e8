package io.gantry.api.core.v1.limitrange;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The LimitRange kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LimitRange", model = "V1LimitRange")
public record LimitRange(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata, LimitRangeSpec spec)
        implements KubernetesObject {
    public LimitRange {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? LimitRangeSpecBuilder.builder().build() : spec;
    }
}
