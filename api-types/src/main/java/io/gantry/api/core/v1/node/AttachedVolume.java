package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `AttachedVolume` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AttachedVolume", model = "V1AttachedVolume")
public record AttachedVolume(
        @Required String name, @Required String devicePath) {}
