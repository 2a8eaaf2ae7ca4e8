package io.gantry.api.networking.v1.ingress;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `IngressLoadBalancerIngress` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressLoadBalancerIngress", model = "V1IngressLoadBalancerIngress")
public record IngressLoadBalancerIngress(
        @Nullable String ip,
        @Nullable String hostname,
        @ListType(ListType.Kind.ATOMIC) List<IngressPortStatus> ports) {
    public IngressLoadBalancerIngress {
        ports = Copies.list(ports);
    }
}
