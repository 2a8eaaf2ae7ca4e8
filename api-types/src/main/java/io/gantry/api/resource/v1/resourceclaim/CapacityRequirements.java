package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import java.util.Map;

/// `CapacityRequirements` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.CapacityRequirements", model = "V1CapacityRequirements")
public record CapacityRequirements(Map<String, Quantity> requests) {
    public CapacityRequirements {
        requests = Copies.map(requests);
    }
}
