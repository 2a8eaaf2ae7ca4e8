package io.gantry.api.resource.v1.resourceclaimtemplate;

import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimSpec;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimSpecBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;

/// `ResourceClaimTemplateSpec` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceClaimTemplateSpec", model = "V1ResourceClaimTemplateSpec")
public record ResourceClaimTemplateSpec(
        ObjectMeta metadata,
        @Required(byRules = true) @Default("{}") ResourceClaimSpec spec) {
    public ResourceClaimTemplateSpec {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ResourceClaimSpecBuilder.builder().build() : spec;
    }
}
