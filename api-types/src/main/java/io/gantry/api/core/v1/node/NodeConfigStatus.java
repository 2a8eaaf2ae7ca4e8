package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NodeConfigStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeConfigStatus", model = "V1NodeConfigStatus")
public record NodeConfigStatus(
        @Nullable NodeConfigSource assigned,
        @Nullable NodeConfigSource active,
        @Nullable NodeConfigSource lastKnownGood,
        @Nullable String error) {}
