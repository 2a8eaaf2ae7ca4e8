package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `CSIPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.CSIPersistentVolumeSource", model = "V1CSIPersistentVolumeSource")
public record CSIPersistentVolumeSource(
        @Required String driver,
        @Required String volumeHandle,
        @Nullable Boolean readOnly,
        @Nullable String fsType,
        Map<String, String> volumeAttributes,
        @Nullable SecretReference controllerPublishSecretRef,
        @Nullable SecretReference nodeStageSecretRef,
        @Nullable SecretReference nodePublishSecretRef,
        @Nullable SecretReference controllerExpandSecretRef,
        @Nullable SecretReference nodeExpandSecretRef) {
    public CSIPersistentVolumeSource {
        volumeAttributes = Copies.map(volumeAttributes);
    }
}
