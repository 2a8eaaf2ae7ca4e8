package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `NodeCondition` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeCondition", model = "V1NodeCondition")
public record NodeCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastHeartbeatTime,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
