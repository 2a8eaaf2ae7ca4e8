package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `NodeSwapStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSwapStatus", model = "V1NodeSwapStatus")
public record NodeSwapStatus(@Format("int64") @Nullable Long capacity) {}
