package io.gantry.api.core.v1.replicationcontroller;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.WorkloadColumns;
import java.util.List;
import java.util.Set;

/// Declares the `ReplicationController` kind of `v1` to the API server and to clients.
public final class ReplicationControllerKind implements KindDefinition<ReplicationController> {
    public static final Kind<ReplicationController> KIND = new Kind<>(
            ReplicationController.class,
            "",
            "v1",
            "ReplicationController",
            "replicationcontrollers",
            true,
            List.of("rc"),
            List.of("all"));

    @Override
    public Kind<ReplicationController> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.SCALE);
    }

    @Override
    public KindRules<ReplicationController> rules() {
        return new ReplicationControllerRules();
    }

    @Override
    public List<Column> columns() {
        return WorkloadColumns.replicated(Cells.labels("spec.selector"));
    }
}
