package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The DaemonSet kind of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DaemonSet", model = "V1DaemonSet")
public record DaemonSet(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        DaemonSetSpec spec,
        @Default("{}") DaemonSetStatus status)
        implements KubernetesObject {
    public DaemonSet {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? DaemonSetSpecBuilder.builder().build() : spec;
        status = status == null ? DaemonSetStatusBuilder.builder().build() : status;
    }
}
