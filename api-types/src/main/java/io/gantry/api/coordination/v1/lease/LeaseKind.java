package io.gantry.api.coordination.v1.lease;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `Lease` kind of `coordination.k8s.io/v1` to the API server and to clients.
public final class LeaseKind implements KindDefinition<Lease> {
    public static final Kind<Lease> KIND =
            new Kind<>(Lease.class, "coordination.k8s.io", "v1", "Lease", "leases", true, List.of(), List.of());

    @Override
    public Kind<Lease> kind() {
        return KIND;
    }

    @Override
    public KindRules<Lease> rules() {
        return new LeaseRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("Holder", "Who holds the lease.", Cells.text("spec.holderIdentity")), Column.age());
    }
}
