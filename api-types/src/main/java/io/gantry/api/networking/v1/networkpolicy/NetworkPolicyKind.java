package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
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

    @Override
    public KindRules<NetworkPolicy> rules() {
        return new NetworkPolicyRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Pod-Selector", "Which pods are meant.", Cells.selector("spec.podSelector")), Column.age());
    }
}
