package io.gantry.api.node.v1.runtimeclass;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `RuntimeClass` kind of `node.k8s.io/v1` to the API server and to clients.
public final class RuntimeClassKind implements KindDefinition<RuntimeClass> {
    public static final Kind<RuntimeClass> KIND = new Kind<>(
            RuntimeClass.class, "node.k8s.io", "v1", "RuntimeClass", "runtimeclasses", false, List.of(), List.of());

    @Override
    public Kind<RuntimeClass> kind() {
        return KIND;
    }

    @Override
    public KindRules<RuntimeClass> rules() {
        return new RuntimeClassRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("Handler", "Configuration of the runtime.", Cells.text("handler")), Column.age());
    }
}
