package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `VolumeDevice` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeDevice", model = "V1VolumeDevice")
public record VolumeDevice(@Required String name, @Required String devicePath) {}
