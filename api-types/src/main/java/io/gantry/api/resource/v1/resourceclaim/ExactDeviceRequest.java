package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.resource.v1.deviceclass.DeviceSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ExactDeviceRequest` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ExactDeviceRequest", model = "V1ExactDeviceRequest")
public record ExactDeviceRequest(
        @Required String deviceClassName,
        @ListType(ListType.Kind.ATOMIC) List<DeviceSelector> selectors,

        @OneOf(
                value = {"All", "ExactCount"},
                byRules = true)
        @Nullable
        String allocationMode,

        @Format("int64") @Nullable Long count,
        @Nullable Boolean adminAccess,
        @ListType(ListType.Kind.ATOMIC) List<DeviceToleration> tolerations,
        @Nullable CapacityRequirements capacity) {
    public ExactDeviceRequest {
        selectors = Copies.list(selectors);
        tolerations = Copies.list(tolerations);
    }
}
