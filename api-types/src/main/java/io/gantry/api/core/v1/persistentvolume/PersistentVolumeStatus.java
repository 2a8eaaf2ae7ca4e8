package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `PersistentVolumeStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeStatus", model = "V1PersistentVolumeStatus")
public record PersistentVolumeStatus(
        @OneOf({"Pending", "Available", "Bound", "Released", "Failed"}) @Nullable
        String phase,

        @Nullable String message,
        @Nullable String reason,
        @Nullable Instant lastPhaseTransitionTime) {}
