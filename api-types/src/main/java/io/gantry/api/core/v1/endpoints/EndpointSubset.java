package io.gantry.api.core.v1.endpoints;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `EndpointSubset` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EndpointSubset", model = "V1EndpointSubset")
public record EndpointSubset(
        @ListType(ListType.Kind.ATOMIC) List<EndpointAddress> addresses,
        @ListType(ListType.Kind.ATOMIC) List<EndpointAddress> notReadyAddresses,
        @ListType(ListType.Kind.ATOMIC) List<EndpointPort> ports) {
    public EndpointSubset {
        addresses = Copies.list(addresses);
        notReadyAddresses = Copies.list(notReadyAddresses);
        ports = Copies.list(ports);
    }
}
