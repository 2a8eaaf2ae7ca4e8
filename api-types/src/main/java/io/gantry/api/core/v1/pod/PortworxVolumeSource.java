package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `PortworxVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PortworxVolumeSource", model = "V1PortworxVolumeSource")
public record PortworxVolumeSource(
        @Required String volumeID,
        @Nullable String fsType,
        @Nullable Boolean readOnly) {}
