package io.gantry.api.networking.v1.ingress;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `IngressLoadBalancerStatus` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressLoadBalancerStatus", model = "V1IngressLoadBalancerStatus")
public record IngressLoadBalancerStatus(
        @ListType(ListType.Kind.ATOMIC) List<IngressLoadBalancerIngress> ingress) {
    public IngressLoadBalancerStatus {
        ingress = Copies.list(ingress);
    }
}
