package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `Condition` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.Condition", model = "V1Condition")
public record Condition(
        @Required String type,
        @Required String status,
        @Format("int64") @Nullable Long observedGeneration,
        @Required Instant lastTransitionTime,
        @Required String reason,
        @Default("\"\"") @Required String message) {}
