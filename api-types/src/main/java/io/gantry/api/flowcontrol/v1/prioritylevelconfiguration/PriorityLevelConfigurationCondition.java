package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `PriorityLevelConfigurationCondition` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition",
        model = "V1PriorityLevelConfigurationCondition")
public record PriorityLevelConfigurationCondition(
        @Nullable String type,
        @Nullable String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
