package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NodeFeatures` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeFeatures", model = "V1NodeFeatures")
public record NodeFeatures(@Nullable Boolean supplementalGroupsPolicy) {}
