package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `LocalVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LocalVolumeSource", model = "V1LocalVolumeSource")
public record LocalVolumeSource(
        @Required String path, @Nullable String fsType) {}
