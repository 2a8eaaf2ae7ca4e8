package io.gantry.api.networking.v1.servicecidr;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `ServiceCIDRSpec` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.ServiceCIDRSpec", model = "V1ServiceCIDRSpec")
public record ServiceCIDRSpec(
        @ListType(ListType.Kind.ATOMIC) List<String> cidrs) {
    public ServiceCIDRSpec {
        cidrs = Copies.list(cidrs);
    }
}
