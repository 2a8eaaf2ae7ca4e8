package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `EndpointPort` of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.EndpointPort", model = "DiscoveryV1EndpointPort")
@Atomic
public record EndpointPort(
        @Default("\"\"") @Nullable String name,

        @OneOf({"TCP", "UDP", "SCTP"}) @Default("\"TCP\"") @Nullable
        String protocol,

        @Format("int32") @Nullable Integer port,
        @Nullable String appProtocol) {}
