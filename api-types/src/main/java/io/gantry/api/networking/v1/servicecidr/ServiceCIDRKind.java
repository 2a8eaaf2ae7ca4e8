package io.gantry.api.networking.v1.servicecidr;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.ListCells;
import java.util.List;
import java.util.Set;

/// Declares the `ServiceCIDR` kind of `networking.k8s.io/v1` to the API server and to clients.
public final class ServiceCIDRKind implements KindDefinition<ServiceCIDR> {
    public static final Kind<ServiceCIDR> KIND = new Kind<>(
            ServiceCIDR.class, "networking.k8s.io", "v1", "ServiceCIDR", "servicecidrs", false, List.of(), List.of());

    @Override
    public Kind<ServiceCIDR> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<ServiceCIDR> rules() {
        return new ServiceCIDRRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("CIDRs", "Ranges of addresses.", ListCells.joined("spec.cidrs", "")), Column.age());
    }
}
