package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `CELDeviceSelector` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.CELDeviceSelector", model = "V1CELDeviceSelector")
public record CELDeviceSelector(@Required String expression) {}
