package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// `StatefulSetPersistentVolumeClaimRetentionPolicy` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
        model = "V1StatefulSetPersistentVolumeClaimRetentionPolicy")
public record StatefulSetPersistentVolumeClaimRetentionPolicy(
        @Default("\"Retain\"") @Nullable String whenDeleted,
        @Default("\"Retain\"") @Nullable String whenScaled) {}
