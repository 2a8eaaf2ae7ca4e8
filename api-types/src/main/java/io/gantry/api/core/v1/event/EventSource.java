package io.gantry.api.core.v1.event;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `EventSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EventSource", model = "V1EventSource")
public record EventSource(
        @Nullable String component, @Nullable String host) {}
