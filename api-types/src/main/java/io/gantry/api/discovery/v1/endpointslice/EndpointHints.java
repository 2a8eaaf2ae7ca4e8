package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `EndpointHints` of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.EndpointHints", model = "V1EndpointHints")
public record EndpointHints(
        @ListType(ListType.Kind.ATOMIC) List<ForZone> forZones,
        @ListType(ListType.Kind.ATOMIC) List<ForNode> forNodes) {
    public EndpointHints {
        forZones = Copies.list(forZones);
        forNodes = Copies.list(forNodes);
    }
}
