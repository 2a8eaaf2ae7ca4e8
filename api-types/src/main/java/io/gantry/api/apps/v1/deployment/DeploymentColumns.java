package io.gantry.api.apps.v1.deployment;

import io.gantry.api.kind.Column;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.WorkloadColumns;
import java.util.List;

/// The columns of Deployments (upstream `printDeployment`).
final class DeploymentColumns {
    private DeploymentColumns() {}

    static List<Column> all() {
        return WorkloadColumns.with(
                List.of(
                        WorkloadColumns.ready("status.readyReplicas", "spec.replicas"),
                        Column.text(
                                "Up-to-date", "Pods of the newest template.", Cells.number("status.updatedReplicas")),
                        Column.text("Available", "Pods that are available.", Cells.number("status.availableReplicas")),
                        Column.age()),
                WorkloadColumns.template("spec.template.spec", Cells.selector("spec.selector")));
    }
}
