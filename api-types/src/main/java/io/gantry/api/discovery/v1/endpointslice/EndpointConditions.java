package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `EndpointConditions` of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.EndpointConditions", model = "V1EndpointConditions")
public record EndpointConditions(
        @Nullable Boolean ready,
        @Nullable Boolean serving,
        @Nullable Boolean terminating) {}
