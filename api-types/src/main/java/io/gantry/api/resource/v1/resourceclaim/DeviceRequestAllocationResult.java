package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `DeviceRequestAllocationResult` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceRequestAllocationResult", model = "V1DeviceRequestAllocationResult")
public record DeviceRequestAllocationResult(
        @Required String request,
        @Required String driver,
        @Required String pool,
        @Required String device,
        @Nullable Boolean adminAccess,
        @ListType(ListType.Kind.ATOMIC) List<DeviceToleration> tolerations,
        @ListType(ListType.Kind.ATOMIC) List<String> bindingConditions,
        @ListType(ListType.Kind.ATOMIC) List<String> bindingFailureConditions,
        @Nullable String shareID,
        Map<String, Quantity> consumedCapacity) {
    public DeviceRequestAllocationResult {
        tolerations = Copies.list(tolerations);
        bindingConditions = Copies.list(bindingConditions);
        bindingFailureConditions = Copies.list(bindingFailureConditions);
        consumedCapacity = Copies.map(consumedCapacity);
    }
}
