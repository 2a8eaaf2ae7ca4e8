package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `PersistentVolumeClaimCondition` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeClaimCondition", model = "V1PersistentVolumeClaimCondition")
public record PersistentVolumeClaimCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastProbeTime,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
