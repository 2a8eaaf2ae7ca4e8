package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The ResourceClaim kind of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceClaim", model = "ResourceV1ResourceClaim")
public record ResourceClaim(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required(byRules = true) @Default("{}") ResourceClaimSpec spec,
        @Default("{}") ResourceClaimStatus status)
        implements KubernetesObject {
    public ResourceClaim {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ResourceClaimSpecBuilder.builder().build() : spec;
        status = status == null ? ResourceClaimStatusBuilder.builder().build() : status;
    }
}
