package io.gantry.api.resource.v1.resourceslice;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CapacityRequestPolicy` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.CapacityRequestPolicy", model = "V1CapacityRequestPolicy")
public record CapacityRequestPolicy(
        @JsonProperty("default") @Nullable Quantity default_,
        @ListType(ListType.Kind.ATOMIC) List<Quantity> validValues,
        @Nullable CapacityRequestPolicyRange validRange) {
    public CapacityRequestPolicy {
        validValues = Copies.list(validValues);
    }
}
