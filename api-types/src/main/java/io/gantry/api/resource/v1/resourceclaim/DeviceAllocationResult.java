package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `DeviceAllocationResult` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceAllocationResult", model = "V1DeviceAllocationResult")
public record DeviceAllocationResult(
        @ListType(ListType.Kind.ATOMIC) List<DeviceRequestAllocationResult> results,
        @ListType(ListType.Kind.ATOMIC) List<DeviceAllocationConfiguration> config) {
    public DeviceAllocationResult {
        results = Copies.list(results);
        config = Copies.list(config);
    }
}
