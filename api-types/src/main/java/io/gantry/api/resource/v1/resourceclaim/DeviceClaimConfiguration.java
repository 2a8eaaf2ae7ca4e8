package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.resource.v1.deviceclass.OpaqueDeviceConfiguration;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeviceClaimConfiguration` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceClaimConfiguration", model = "V1DeviceClaimConfiguration")
public record DeviceClaimConfiguration(
        @ListType(ListType.Kind.ATOMIC) List<String> requests,
        @Nullable OpaqueDeviceConfiguration opaque) {
    public DeviceClaimConfiguration {
        requests = Copies.list(requests);
    }
}
