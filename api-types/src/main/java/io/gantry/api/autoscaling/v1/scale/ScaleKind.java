package io.gantry.api.autoscaling.v1.scale;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `Scale` kind of `autoscaling/v1` to the API server and to clients.
public final class ScaleKind implements KindDefinition<Scale> {
    public static final Kind<Scale> KIND =
            new Kind<>(Scale.class, "autoscaling", "v1", "Scale", "scales", true, List.of(), List.of());

    @Override
    public Kind<Scale> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.number("Desired", "Pods that shall be.", Cells.number("spec.replicas")),
                Column.number("Available", "Pods that are.", Cells.number("status.replicas")),
                Column.age());
    }
}
