package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `PersistentVolumeClaimVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource",
        model = "V1PersistentVolumeClaimVolumeSource")
public record PersistentVolumeClaimVolumeSource(
        @Required String claimName, @Nullable Boolean readOnly) {}
