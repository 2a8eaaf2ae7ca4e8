package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `PhotonPersistentDiskVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource", model = "V1PhotonPersistentDiskVolumeSource")
public record PhotonPersistentDiskVolumeSource(
        @Required String pdID, @Nullable String fsType) {}
