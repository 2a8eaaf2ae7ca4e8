package io.gantry.api.apps.v1.controllerrevision;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.ControllerText;
import java.util.List;

/// Declares the `ControllerRevision` kind of `apps/v1` to the API server and to clients.
public final class ControllerRevisionKind implements KindDefinition<ControllerRevision> {
    public static final Kind<ControllerRevision> KIND = new Kind<>(
            ControllerRevision.class,
            "apps",
            "v1",
            "ControllerRevision",
            "controllerrevisions",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<ControllerRevision> kind() {
        return KIND;
    }

    @Override
    public KindRules<ControllerRevision> rules() {
        return new ControllerRevisionRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Controller", "Whose revision it is.", (revision, now) -> ControllerText.of(revision)),
                Column.text("Revision", "Number of the revision.", Cells.number("revision")),
                Column.age());
    }
}
