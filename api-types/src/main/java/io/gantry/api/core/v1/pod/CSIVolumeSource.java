package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `CSIVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.CSIVolumeSource", model = "V1CSIVolumeSource")
public record CSIVolumeSource(
        @Required String driver,
        @Nullable Boolean readOnly,
        @Nullable String fsType,
        Map<String, String> volumeAttributes,
        @Nullable LocalObjectReference nodePublishSecretRef) {
    public CSIVolumeSource {
        volumeAttributes = Copies.map(volumeAttributes);
    }
}
