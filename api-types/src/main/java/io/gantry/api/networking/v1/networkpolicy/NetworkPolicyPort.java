package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `NetworkPolicyPort` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.NetworkPolicyPort", model = "V1NetworkPolicyPort")
public record NetworkPolicyPort(
        @OneOf(
                value = {"TCP", "UDP", "SCTP"},
                byRules = true)
        @Default("\"TCP\"")
        @Nullable
        String protocol,

        @Nullable IntOrString port,
        @Format("int32") @Nullable Integer endPort) {}
