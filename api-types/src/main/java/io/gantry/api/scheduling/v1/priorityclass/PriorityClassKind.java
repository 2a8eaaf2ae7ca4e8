package io.gantry.api.scheduling.v1.priorityclass;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `PriorityClass` kind of `scheduling.k8s.io/v1` to the API server and to clients.
public final class PriorityClassKind implements KindDefinition<PriorityClass> {
    public static final Kind<PriorityClass> KIND = new Kind<>(
            PriorityClass.class,
            "scheduling.k8s.io",
            "v1",
            "PriorityClass",
            "priorityclasses",
            false,
            List.of("pc"),
            List.of());

    @Override
    public Kind<PriorityClass> kind() {
        return KIND;
    }

    @Override
    public KindRules<PriorityClass> rules() {
        return new PriorityClassRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.number("Value", "The priority.", Cells.number("value")),
                new Column(
                        "Global-Default",
                        "boolean",
                        "",
                        0,
                        "Whether pods without a class get it.",
                        Cells.bool("globalDefault")),
                Column.age(),
                Column.text("PreemptionPolicy", "Whether others make room.", Cells.text("preemptionPolicy")));
    }
}
