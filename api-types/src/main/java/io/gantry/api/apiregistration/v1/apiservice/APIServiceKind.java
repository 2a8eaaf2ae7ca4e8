package io.gantry.api.apiregistration.v1.apiservice;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.ListCells;
import java.util.List;
import java.util.Set;

/// Declares the `APIService` kind of `apiregistration.k8s.io/v1` to the API server and to clients.
public final class APIServiceKind implements KindDefinition<APIService> {
    public static final Kind<APIService> KIND = new Kind<>(
            APIService.class,
            "apiregistration.k8s.io",
            "v1",
            "APIService",
            "apiservices",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<APIService> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<APIService> rules() {
        return new APIServiceRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text(
                        "Service",
                        "Who serves the version.",
                        (s, now) -> s.path("spec").path("service").isObject()
                                ? Cells.textAt(s, "spec.service.namespace", "") + "/"
                                        + Cells.textAt(s, "spec.service.name", "")
                                : "Local"),
                Column.text("Available", "Whether it is served.", ListCells.condition("Available", "Unknown")),
                Column.age());
    }
}
