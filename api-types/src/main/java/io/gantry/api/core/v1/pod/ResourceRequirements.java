package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import java.util.Map;

/// `ResourceRequirements` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceRequirements", model = "V1ResourceRequirements")
public record ResourceRequirements(
        Map<String, Quantity> limits,
        Map<String, Quantity> requests,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        List<ResourceClaim> claims) {
    public ResourceRequirements {
        limits = Copies.map(limits);
        requests = Copies.map(requests);
        claims = Copies.list(claims);
    }
}
