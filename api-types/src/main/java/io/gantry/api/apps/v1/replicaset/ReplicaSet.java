package io.gantry.api.apps.v1.replicaset;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The ReplicaSet kind of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.ReplicaSet", model = "V1ReplicaSet")
public record ReplicaSet(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        ReplicaSetSpec spec,
        @Default("{}") ReplicaSetStatus status)
        implements KubernetesObject {
    public ReplicaSet {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ReplicaSetSpecBuilder.builder().build() : spec;
        status = status == null ? ReplicaSetStatusBuilder.builder().build() : status;
    }
}
