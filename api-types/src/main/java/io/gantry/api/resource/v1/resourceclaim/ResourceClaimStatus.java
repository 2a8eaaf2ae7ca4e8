package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ResourceClaimStatus` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceClaimStatus", model = "V1ResourceClaimStatus")
public record ResourceClaimStatus(
        @Nullable AllocationResult allocation,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"uid"})
        @PatchStrategy(value = "merge", mergeKey = "uid")
        List<ResourceClaimConsumerReference> reservedFor,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"driver", "device", "pool", "shareID"})
        List<AllocatedDeviceStatus> devices) {
    public ResourceClaimStatus {
        reservedFor = Copies.list(reservedFor);
        devices = Copies.list(devices);
    }
}
