package io.gantry.api.networking.v1.ipaddress;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `IPAddress` kind of `networking.k8s.io/v1` to the API server and to clients.
public final class IPAddressKind implements KindDefinition<IPAddress> {
    public static final Kind<IPAddress> KIND = new Kind<>(
            IPAddress.class, "networking.k8s.io", "v1", "IPAddress", "ipaddresses", false, List.of("ip"), List.of());

    @Override
    public Kind<IPAddress> kind() {
        return KIND;
    }

    @Override
    public KindRules<IPAddress> rules() {
        return new IPAddressRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("ParentRef", "Whose address it is.", (address, now) -> IPAddressRules.parent(address)));
    }
}
