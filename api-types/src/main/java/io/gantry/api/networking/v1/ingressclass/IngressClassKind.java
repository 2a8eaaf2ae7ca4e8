package io.gantry.api.networking.v1.ingressclass;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `IngressClass` kind of `networking.k8s.io/v1` to the API server and to clients.
public final class IngressClassKind implements KindDefinition<IngressClass> {
    public static final Kind<IngressClass> KIND = new Kind<>(
            IngressClass.class,
            "networking.k8s.io",
            "v1",
            "IngressClass",
            "ingressclasses",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<IngressClass> kind() {
        return KIND;
    }

    @Override
    public KindRules<IngressClass> rules() {
        return new IngressClassRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Controller", "Who serves the class.", Cells.text("spec.controller")),
                Column.text(
                        "Parameters",
                        "Parameters of the controller.",
                        (c, now) -> ParametersText.of(c.path("spec").path("parameters"))),
                Column.age());
    }
}
