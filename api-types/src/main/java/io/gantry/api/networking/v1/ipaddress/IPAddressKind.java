package io.gantry.api.networking.v1.ipaddress;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `IPAddress` kind of `networking.k8s.io/v1` to the API server and to clients.
public final class IPAddressKind implements KindDefinition<IPAddress> {
    public static final Kind<IPAddress> KIND = new Kind<>(
            IPAddress.class, "networking.k8s.io", "v1", "IPAddress", "ipaddresses", false, List.of("ip"), List.of());

    @Override
    public Kind<IPAddress> kind() {
        return KIND;
    }
}
