package io.gantry.api.networking.v1.ingressclass;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The IngressClass kind of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressClass", model = "V1IngressClass")
public record IngressClass(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata, IngressClassSpec spec)
        implements KubernetesObject {
    public IngressClass {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? IngressClassSpecBuilder.builder().build() : spec;
    }
}
