package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `ResourceStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceStatus", model = "V1ResourceStatus")
public record ResourceStatus(
        @Required String name,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"resourceID"})
        List<ResourceHealth> resources) {
    public ResourceStatus {
        resources = Copies.list(resources);
    }
}
