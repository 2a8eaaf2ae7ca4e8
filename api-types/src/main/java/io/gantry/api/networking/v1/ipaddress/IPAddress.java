package io.gantry.api.networking.v1.ipaddress;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The IPAddress kind of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IPAddress", model = "V1IPAddress")
public record IPAddress(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required IPAddressSpec spec) implements KubernetesObject {
    public IPAddress {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? IPAddressSpecBuilder.builder().build() : spec;
    }
}
