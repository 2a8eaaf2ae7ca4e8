package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeviceRequest` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceRequest", model = "V1DeviceRequest")
public record DeviceRequest(
        @Required String name,
        @Nullable ExactDeviceRequest exactly,
        @ListType(ListType.Kind.ATOMIC) List<DeviceSubRequest> firstAvailable) {
    public DeviceRequest {
        firstAvailable = Copies.list(firstAvailable);
    }
}
