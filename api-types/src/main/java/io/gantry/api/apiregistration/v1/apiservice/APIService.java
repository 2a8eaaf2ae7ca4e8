package io.gantry.api.apiregistration.v1.apiservice;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The APIService kind of `apiregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService", model = "V1APIService")
public record APIService(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        APIServiceSpec spec,
        @Default("{}") APIServiceStatus status)
        implements KubernetesObject {
    public APIService {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? APIServiceSpecBuilder.builder().build() : spec;
        status = status == null ? APIServiceStatusBuilder.builder().build() : status;
    }
}
