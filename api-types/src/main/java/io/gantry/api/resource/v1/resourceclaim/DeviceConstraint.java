package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeviceConstraint` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceConstraint", model = "V1DeviceConstraint")
public record DeviceConstraint(
        @ListType(ListType.Kind.ATOMIC) List<String> requests,
        @Nullable String matchAttribute,
        @Nullable String distinctAttribute) {
    public DeviceConstraint {
        requests = Copies.list(requests);
    }
}
