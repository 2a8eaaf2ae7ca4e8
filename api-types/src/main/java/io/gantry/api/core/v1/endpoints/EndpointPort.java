package io.gantry.api.core.v1.endpoints;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `EndpointPort` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EndpointPort", model = "CoreV1EndpointPort")
@Atomic
public record EndpointPort(
        @Nullable String name,
        @Required @Format("int32") Integer port,

        @OneOf({"TCP", "UDP", "SCTP"}) @Default("\"TCP\"") @Nullable
        String protocol,

        @Nullable String appProtocol) {}
