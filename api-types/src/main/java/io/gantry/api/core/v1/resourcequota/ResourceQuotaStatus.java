package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import java.util.Map;

/// `ResourceQuotaStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceQuotaStatus", model = "V1ResourceQuotaStatus")
public record ResourceQuotaStatus(Map<String, Quantity> hard, Map<String, Quantity> used) {
    public ResourceQuotaStatus {
        hard = Copies.map(hard);
        used = Copies.map(used);
    }
}
