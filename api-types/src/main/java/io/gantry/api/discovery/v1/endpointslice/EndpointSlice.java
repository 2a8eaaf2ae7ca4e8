package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The EndpointSlice kind of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.EndpointSlice", model = "V1EndpointSlice")
public record EndpointSlice(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,

        @Required
        @OneOf(
                value = {"FQDN", "IPv4", "IPv6"},
                byRules = true)
        String addressType,

        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<Endpoint> endpoints,
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<EndpointPort> ports)
        implements KubernetesObject {
    public EndpointSlice {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        endpoints = Copies.list(endpoints);
        ports = Copies.list(ports);
    }
}
