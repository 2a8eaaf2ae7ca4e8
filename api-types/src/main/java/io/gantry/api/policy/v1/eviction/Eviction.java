package io.gantry.api.policy.v1.eviction;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The Eviction kind of `policy/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.policy.v1.Eviction", model = "V1Eviction")
public record Eviction(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Nullable DeleteOptions deleteOptions) implements KubernetesObject {
    public Eviction {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
