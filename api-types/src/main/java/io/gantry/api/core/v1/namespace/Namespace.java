package io.gantry.api.core.v1.namespace;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Namespace kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Namespace", model = "V1Namespace")
public record Namespace(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Default("{}") NamespaceSpec spec,
        @Default("{}") NamespaceStatus status)
        implements KubernetesObject {
    public Namespace {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? NamespaceSpecBuilder.builder().build() : spec;
        status = status == null ? NamespaceStatusBuilder.builder().build() : status;
    }
}
