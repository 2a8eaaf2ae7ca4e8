package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `NFSVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NFSVolumeSource", model = "V1NFSVolumeSource")
public record NFSVolumeSource(
        @Required String server,
        @Required String path,
        @Nullable Boolean readOnly) {}
