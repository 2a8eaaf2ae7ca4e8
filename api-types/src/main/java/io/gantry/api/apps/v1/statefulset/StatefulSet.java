package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The StatefulSet kind of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.StatefulSet", model = "V1StatefulSet")
public record StatefulSet(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        StatefulSetSpec spec,
        @Default("{}") StatefulSetStatus status)
        implements KubernetesObject {
    public StatefulSet {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? StatefulSetSpecBuilder.builder().build() : spec;
        status = status == null ? StatefulSetStatusBuilder.builder().build() : status;
    }
}
