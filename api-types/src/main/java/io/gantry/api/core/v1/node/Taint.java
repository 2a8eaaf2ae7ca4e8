package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `Taint` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Taint", model = "V1Taint")
public record Taint(
        @Required String key,
        @Nullable String value,

        @Required @OneOf({"NoSchedule", "PreferNoSchedule", "NoExecute"})
        String effect,

        @Nullable Instant timeAdded) {}
