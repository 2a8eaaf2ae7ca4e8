package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `FlexVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.FlexVolumeSource", model = "V1FlexVolumeSource")
public record FlexVolumeSource(
        @Required String driver,
        @Nullable String fsType,
        @Nullable LocalObjectReference secretRef,
        @Nullable Boolean readOnly,
        Map<String, String> options) {
    public FlexVolumeSource {
        options = Copies.map(options);
    }
}
