package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `ResourceSlice` kind of `resource.k8s.io/v1` to the API server and to clients.
public final class ResourceSliceKind implements KindDefinition<ResourceSlice> {
    public static final Kind<ResourceSlice> KIND = new Kind<>(
            ResourceSlice.class,
            "resource.k8s.io",
            "v1",
            "ResourceSlice",
            "resourceslices",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<ResourceSlice> kind() {
        return KIND;
    }

    @Override
    public KindRules<ResourceSlice> rules() {
        return new ResourceSliceRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Node", "The node.", Cells.text("spec.nodeName", Cells.UNSET)),
                Column.text("Driver", "The driver.", Cells.text("spec.driver")),
                Column.text("Pool", "The pool.", Cells.text("spec.pool.name")),
                Column.age());
    }
}
