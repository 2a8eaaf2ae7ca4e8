package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import java.util.List;

/// `DeviceClaim` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceClaim", model = "V1DeviceClaim")
public record DeviceClaim(
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<DeviceRequest> requests,
        @ListType(ListType.Kind.ATOMIC) List<DeviceConstraint> constraints,
        @ListType(ListType.Kind.ATOMIC) List<DeviceClaimConfiguration> config) {
    public DeviceClaim {
        requests = Copies.list(requests);
        constraints = Copies.list(constraints);
        config = Copies.list(config);
    }
}
