package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CinderPersistentVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.CinderPersistentVolumeSource", model = "V1CinderPersistentVolumeSource")
public record CinderPersistentVolumeSource(
        @Required String volumeID,
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable SecretReference secretRef) {}
