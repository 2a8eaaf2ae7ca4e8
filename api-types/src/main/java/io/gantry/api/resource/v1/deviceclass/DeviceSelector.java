package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `DeviceSelector` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceSelector", model = "V1DeviceSelector")
public record DeviceSelector(@Nullable CELDeviceSelector cel) {}
