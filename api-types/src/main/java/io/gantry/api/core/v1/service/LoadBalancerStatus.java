package io.gantry.api.core.v1.service;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `LoadBalancerStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LoadBalancerStatus", model = "V1LoadBalancerStatus")
public record LoadBalancerStatus(
        @ListType(ListType.Kind.ATOMIC) List<LoadBalancerIngress> ingress) {
    public LoadBalancerStatus {
        ingress = Copies.list(ingress);
    }
}
