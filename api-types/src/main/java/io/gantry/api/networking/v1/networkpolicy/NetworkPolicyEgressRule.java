package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `NetworkPolicyEgressRule` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.NetworkPolicyEgressRule", model = "V1NetworkPolicyEgressRule")
public record NetworkPolicyEgressRule(
        @ListType(ListType.Kind.ATOMIC) List<NetworkPolicyPort> ports,
        @ListType(ListType.Kind.ATOMIC) List<NetworkPolicyPeer> to) {
    public NetworkPolicyEgressRule {
        ports = Copies.list(ports);
        to = Copies.list(to);
    }
}
