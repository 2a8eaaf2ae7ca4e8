package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NodeAllocatableResourceMapping` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.NodeAllocatableResourceMapping", model = "V1NodeAllocatableResourceMapping")
public record NodeAllocatableResourceMapping(
        @Nullable Quantity allocationMultiplier, @Nullable String capacityKey) {}
