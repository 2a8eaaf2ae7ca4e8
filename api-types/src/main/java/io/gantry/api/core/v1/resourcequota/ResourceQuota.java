package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The ResourceQuota kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceQuota", model = "V1ResourceQuota")
public record ResourceQuota(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Default("{}") ResourceQuotaSpec spec,
        @Default("{}") ResourceQuotaStatus status)
        implements KubernetesObject {
    public ResourceQuota {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ResourceQuotaSpecBuilder.builder().build() : spec;
        status = status == null ? ResourceQuotaStatusBuilder.builder().build() : status;
    }
}
