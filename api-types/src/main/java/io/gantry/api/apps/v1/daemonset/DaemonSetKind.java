package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.WorkloadColumns;
import java.util.List;
import java.util.Set;

/// Declares the `DaemonSet` kind of `apps/v1` to the API server and to clients.
public final class DaemonSetKind implements KindDefinition<DaemonSet> {
    public static final Kind<DaemonSet> KIND =
            new Kind<>(DaemonSet.class, "apps", "v1", "DaemonSet", "daemonsets", true, List.of("ds"), List.of("all"));

    @Override
    public Kind<DaemonSet> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<DaemonSet> rules() {
        return new DaemonSetRules();
    }

    @Override
    public List<Column> columns() {
        return WorkloadColumns.with(
                List.of(
                        Column.number(
                                "Desired",
                                "Nodes that shall run the pod.",
                                Cells.number("status.desiredNumberScheduled")),
                        Column.number(
                                "Current", "Nodes that have the pod.", Cells.number("status.currentNumberScheduled")),
                        Column.number("Ready", "Nodes whose pod is ready.", Cells.number("status.numberReady")),
                        Column.number(
                                "Up-to-date",
                                "Nodes with the newest template.",
                                Cells.number("status.updatedNumberScheduled")),
                        Column.number(
                                "Available", "Nodes whose pod is available.", Cells.number("status.numberAvailable")),
                        Column.text(
                                "Node Selector",
                                "Which nodes are meant.",
                                Cells.labels("spec.template.spec.nodeSelector")),
                        Column.age()),
                WorkloadColumns.template("spec.template.spec", Cells.selector("spec.selector")));
    }
}
