package io.gantry.api.resource.v1.resourceclaimtemplate;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The ResourceClaimTemplate kind of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceClaimTemplate", model = "V1ResourceClaimTemplate")
public record ResourceClaimTemplate(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required(byRules = true) @Default("{}") ResourceClaimTemplateSpec spec)
        implements KubernetesObject {
    public ResourceClaimTemplate {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ResourceClaimTemplateSpecBuilder.builder().build() : spec;
    }
}
