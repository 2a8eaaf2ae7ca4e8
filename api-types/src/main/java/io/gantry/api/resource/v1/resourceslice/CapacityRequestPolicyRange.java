package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CapacityRequestPolicyRange` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.CapacityRequestPolicyRange", model = "V1CapacityRequestPolicyRange")
public record CapacityRequestPolicyRange(
        @Required(byRules = true) Quantity min,
        @Nullable Quantity max,
        @Nullable Quantity step) {}
