package io.gantry.api.networking.v1.ingress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `IngressPortStatus` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressPortStatus", model = "V1IngressPortStatus")
public record IngressPortStatus(
        @Required @Format("int32") Integer port,
        @Required @OneOf({"TCP", "UDP", "SCTP"}) String protocol,
        @Nullable String error) {}
