package io.gantry.api.networking.v1.ingress;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Ingress kind of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.Ingress", model = "V1Ingress")
public record Ingress(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        IngressSpec spec,
        @Default("{}") IngressStatus status)
        implements KubernetesObject {
    public Ingress {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? IngressSpecBuilder.builder().build() : spec;
        status = status == null ? IngressStatusBuilder.builder().build() : status;
    }
}
