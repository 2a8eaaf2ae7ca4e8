package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `NetworkDeviceData` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.NetworkDeviceData", model = "V1NetworkDeviceData")
public record NetworkDeviceData(
        @Nullable String interfaceName,
        @ListType(ListType.Kind.ATOMIC) List<String> ips,
        @Nullable String hardwareAddress) {
    public NetworkDeviceData {
        ips = Copies.list(ips);
    }
}
