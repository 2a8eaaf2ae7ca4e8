package io.gantry.api.printer;

import io.gantry.api.kind.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// Columns that workloads share.
public final class WorkloadColumns {
    private WorkloadColumns() {}

    /// `ready/desired` of two fields.
    public static Column ready(String ready, String desired) {
        return Column.text(
                "Ready",
                "Pods that are ready, of those desired.",
                (object, now) -> Cells.numberAt(object, ready) + "/" + Cells.numberAt(object, desired));
    }

    /// Desired, Current, Ready, Age and the template: ReplicaSets and ReplicationControllers.
    public static List<Column> replicated(BiFunction<JsonNode, Instant, Object> selector) {
        return with(
                List.of(
                        Column.number("Desired", "Pods that shall be.", Cells.number("spec.replicas")),
                        Column.number("Current", "Pods that are.", Cells.number("status.replicas")),
                        Column.number("Ready", "Pods that are ready.", Cells.number("status.readyReplicas")),
                        Column.age()),
                template("spec.template.spec", selector));
    }

    /// Containers, Images and Selector, in wide output only.
    public static List<Column> template(String podSpec, BiFunction<JsonNode, Instant, Object> selector) {
        return with(
                containers(podSpec),
                List.of(Column.text("Selector", "Which pods are meant.", selector)
                        .wide()));
    }

    /// Containers and Images, in wide output only.
    public static List<Column> containers(String podSpec) {
        return List.of(
                Column.text("Containers", "Names of the template's containers.", Cells.containers(podSpec))
                        .wide(),
                Column.text("Images", "Images of the template's containers.", Cells.images(podSpec))
                        .wide());
    }

    /// The one list after the other.
    public static List<Column> with(List<Column> first, List<Column> second) {
        List<Column> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
