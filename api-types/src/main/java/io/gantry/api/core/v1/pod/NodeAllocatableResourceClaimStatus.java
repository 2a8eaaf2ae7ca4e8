package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import java.util.Map;

/// `NodeAllocatableResourceClaimStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus",
        model = "V1NodeAllocatableResourceClaimStatus")
public record NodeAllocatableResourceClaimStatus(
        @Required String resourceClaimName,
        @ListType(ListType.Kind.SET) List<String> containers,
        @Required Map<String, Quantity> resources) {
    public NodeAllocatableResourceClaimStatus {
        containers = Copies.list(containers);
        resources = Copies.map(resources);
    }
}
