package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The CustomResourceDefinition kind of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition",
        model = "V1CustomResourceDefinition")
public record CustomResourceDefinition(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required CustomResourceDefinitionSpec spec,
        CustomResourceDefinitionStatus status)
        implements KubernetesObject {
    public CustomResourceDefinition {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? CustomResourceDefinitionSpecBuilder.builder().build() : spec;
        status =
                status == null ? CustomResourceDefinitionStatusBuilder.builder().build() : status;
    }
}
