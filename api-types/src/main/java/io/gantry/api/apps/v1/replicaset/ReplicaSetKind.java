package io.gantry.api.apps.v1.replicaset;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.WorkloadColumns;
import java.util.List;
import java.util.Set;

/// Declares the `ReplicaSet` kind of `apps/v1` to the API server and to clients.
public final class ReplicaSetKind implements KindDefinition<ReplicaSet> {
    public static final Kind<ReplicaSet> KIND = new Kind<>(
            ReplicaSet.class, "apps", "v1", "ReplicaSet", "replicasets", true, List.of("rs"), List.of("all"));

    @Override
    public Kind<ReplicaSet> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.SCALE);
    }

    @Override
    public KindRules<ReplicaSet> rules() {
        return new ReplicaSetRules();
    }

    @Override
    public List<Column> columns() {
        return WorkloadColumns.replicated(Cells.selector("spec.selector"));
    }
}
