package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.resource.v1.deviceclass.OpaqueDeviceConfiguration;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeviceAllocationConfiguration` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceAllocationConfiguration", model = "V1DeviceAllocationConfiguration")
public record DeviceAllocationConfiguration(
        @Required @OneOf({"FromClass", "FromClaim"}) String source,
        @ListType(ListType.Kind.ATOMIC) List<String> requests,
        @Nullable OpaqueDeviceConfiguration opaque) {
    public DeviceAllocationConfiguration {
        requests = Copies.list(requests);
    }
}
