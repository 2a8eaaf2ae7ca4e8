package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The NetworkPolicy kind of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.NetworkPolicy", model = "V1NetworkPolicy")
public record NetworkPolicy(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata, NetworkPolicySpec spec)
        implements KubernetesObject {
    public NetworkPolicy {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? NetworkPolicySpecBuilder.builder().build() : spec;
    }
}
