package io.gantry.api.networking.v1.servicecidr;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The ServiceCIDR kind of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.ServiceCIDR", model = "V1ServiceCIDR")
public record ServiceCIDR(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        ServiceCIDRSpec spec,
        @Default("{}") ServiceCIDRStatus status)
        implements KubernetesObject {
    public ServiceCIDR {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ServiceCIDRSpecBuilder.builder().build() : spec;
        status = status == null ? ServiceCIDRStatusBuilder.builder().build() : status;
    }
}
