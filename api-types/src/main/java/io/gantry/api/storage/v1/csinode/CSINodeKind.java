package io.gantry.api.storage.v1.csinode;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.ListCells;
import java.util.List;

/// Declares the `CSINode` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class CSINodeKind implements KindDefinition<CSINode> {
    public static final Kind<CSINode> KIND =
            new Kind<>(CSINode.class, "storage.k8s.io", "v1", "CSINode", "csinodes", false, List.of(), List.of());

    @Override
    public Kind<CSINode> kind() {
        return KIND;
    }

    @Override
    public KindRules<CSINode> rules() {
        return new CSINodeRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.number("Drivers", "How many drivers.", ListCells.size("spec.drivers")), Column.age());
    }
}
