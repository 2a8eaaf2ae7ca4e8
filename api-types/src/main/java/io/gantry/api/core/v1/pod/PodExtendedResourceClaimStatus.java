package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `PodExtendedResourceClaimStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodExtendedResourceClaimStatus", model = "V1PodExtendedResourceClaimStatus")
public record PodExtendedResourceClaimStatus(
        @Required @ListType(ListType.Kind.ATOMIC) List<ContainerExtendedResourceRequest> requestMappings,
        @Required String resourceClaimName) {
    public PodExtendedResourceClaimStatus {
        requestMappings = Copies.list(requestMappings);
    }
}
