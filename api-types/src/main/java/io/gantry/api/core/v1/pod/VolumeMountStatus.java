package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `VolumeMountStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeMountStatus", model = "V1VolumeMountStatus")
public record VolumeMountStatus(
        @Required String name,
        @Required String mountPath,
        @Nullable Boolean readOnly,
        @Nullable String recursiveReadOnly,
        @Nullable VolumeStatus volumeStatus) {}
