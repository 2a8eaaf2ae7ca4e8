package io.gantry.api.core.v1.service;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The Service kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Service", model = "V1Service")
public record Service(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        ServiceSpec spec,
        @Default("{}") ServiceStatus status)
        implements KubernetesObject {
    public Service {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ServiceSpecBuilder.builder().build() : spec;
        status = status == null ? ServiceStatusBuilder.builder().build() : status;
    }
}
