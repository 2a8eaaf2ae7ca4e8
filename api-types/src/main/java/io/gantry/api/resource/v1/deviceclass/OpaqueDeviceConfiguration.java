package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import tools.jackson.databind.JsonNode;

/// `OpaqueDeviceConfiguration` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.OpaqueDeviceConfiguration", model = "V1OpaqueDeviceConfiguration")
public record OpaqueDeviceConfiguration(
        @Required String driver, @Required JsonNode parameters) {}
