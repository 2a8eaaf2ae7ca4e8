package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `NetworkPolicy` kind of `networking.k8s.io/v1` to the API server and to clients.
public final class NetworkPolicyKind implements KindDefinition<NetworkPolicy> {
    public static final Kind<NetworkPolicy> KIND = new Kind<>(
            NetworkPolicy.class,
            "networking.k8s.io",
            "v1",
            "NetworkPolicy",
            "networkpolicies",
            true,
            List.of("netpol"),
            List.of());

    @Override
    public Kind<NetworkPolicy> kind() {
        return KIND;
    }
}
