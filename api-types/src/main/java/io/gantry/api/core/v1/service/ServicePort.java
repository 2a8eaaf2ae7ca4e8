package io.gantry.api.core.v1.service;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ServicePort` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ServicePort", model = "V1ServicePort")
public record ServicePort(
        @Nullable String name,

        @Default(value = "\"TCP\"", declared = true) @OneOf({"TCP", "UDP", "SCTP"}) @Nullable
        String protocol,

        @Nullable String appProtocol,
        @Required @Format("int32") Integer port,
        @Nullable IntOrString targetPort,
        @Format("int32") @Nullable Integer nodePort) {}
