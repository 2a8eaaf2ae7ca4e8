package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NetworkPolicyPeer` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.NetworkPolicyPeer", model = "V1NetworkPolicyPeer")
public record NetworkPolicyPeer(
        @Nullable LabelSelector podSelector,
        @Nullable LabelSelector namespaceSelector,
        @Nullable IPBlock ipBlock) {}
