package io.gantry.api.networking.v1.servicecidr;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;

/// `ServiceCIDRStatus` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.ServiceCIDRStatus", model = "V1ServiceCIDRStatus")
public record ServiceCIDRStatus(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<Condition> conditions) {
    public ServiceCIDRStatus {
        conditions = Copies.list(conditions);
    }
}
