package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `DaemonSetCondition` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DaemonSetCondition", model = "V1DaemonSetCondition")
public record DaemonSetCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
