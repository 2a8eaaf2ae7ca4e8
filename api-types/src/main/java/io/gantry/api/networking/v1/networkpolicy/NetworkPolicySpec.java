package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `NetworkPolicySpec` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.NetworkPolicySpec", model = "V1NetworkPolicySpec")
public record NetworkPolicySpec(
        @Default("{}") @Written @Nullable LabelSelector podSelector,
        @ListType(ListType.Kind.ATOMIC) List<NetworkPolicyIngressRule> ingress,
        @ListType(ListType.Kind.ATOMIC) List<NetworkPolicyEgressRule> egress,

        @ListType(ListType.Kind.ATOMIC) @OneOf({"Ingress", "Egress"})
        List<String> policyTypes) {
    public NetworkPolicySpec {
        ingress = Copies.list(ingress);
        egress = Copies.list(egress);
        policyTypes = Copies.list(policyTypes);
    }
}
