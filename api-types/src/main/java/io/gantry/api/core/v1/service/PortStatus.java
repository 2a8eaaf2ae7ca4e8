package io.gantry.api.core.v1.service;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `PortStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PortStatus", model = "V1PortStatus")
public record PortStatus(
        @Required @Format("int32") Integer port,
        @Required @OneOf({"TCP", "UDP", "SCTP"}) String protocol,
        @Nullable String error) {}
