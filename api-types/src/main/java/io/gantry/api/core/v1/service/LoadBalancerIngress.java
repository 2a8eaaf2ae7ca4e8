package io.gantry.api.core.v1.service;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LoadBalancerIngress` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LoadBalancerIngress", model = "V1LoadBalancerIngress")
public record LoadBalancerIngress(
        @Nullable String ip,
        @Nullable String hostname,
        @Nullable String ipMode,
        @ListType(ListType.Kind.ATOMIC) List<PortStatus> ports) {
    public LoadBalancerIngress {
        ports = Copies.list(ports);
    }
}
