package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `NetworkPolicyIngressRule` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.NetworkPolicyIngressRule", model = "V1NetworkPolicyIngressRule")
public record NetworkPolicyIngressRule(
        @ListType(ListType.Kind.ATOMIC) List<NetworkPolicyPort> ports,
        @ListType(ListType.Kind.ATOMIC) List<NetworkPolicyPeer> from) {
    public NetworkPolicyIngressRule {
        ports = Copies.list(ports);
        from = Copies.list(from);
    }
}
