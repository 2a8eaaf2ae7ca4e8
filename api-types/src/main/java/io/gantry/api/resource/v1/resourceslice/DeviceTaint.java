package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `DeviceTaint` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceTaint", model = "V1DeviceTaint")
public record DeviceTaint(
        @Required String key,
        @Nullable String value,

        @Required @OneOf({"None", "NoSchedule", "NoExecute"})
        String effect,

        @Nullable Instant timeAdded) {}
