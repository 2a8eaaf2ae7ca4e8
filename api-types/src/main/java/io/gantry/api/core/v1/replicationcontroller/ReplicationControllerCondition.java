package io.gantry.api.core.v1.replicationcontroller;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `ReplicationControllerCondition` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ReplicationControllerCondition", model = "V1ReplicationControllerCondition")
public record ReplicationControllerCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
