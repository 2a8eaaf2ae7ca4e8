package io.gantry.api.batch.v1.job;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `JobCondition` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.JobCondition", model = "V1JobCondition")
public record JobCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastProbeTime,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
