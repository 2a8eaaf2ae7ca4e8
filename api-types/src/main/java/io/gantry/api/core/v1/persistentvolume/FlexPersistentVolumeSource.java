package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `FlexPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.FlexPersistentVolumeSource", model = "V1FlexPersistentVolumeSource")
public record FlexPersistentVolumeSource(
        @Required String driver,
        @Nullable String fsType,
        @Nullable SecretReference secretRef,
        @Nullable Boolean readOnly,
        Map<String, String> options) {
    public FlexPersistentVolumeSource {
        options = Copies.map(options);
    }
}
