package io.gantry.api.core.v1.endpoints;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.EndpointText;
import java.util.List;

/// Declares the `Endpoints` kind of `v1` to the API server and to clients.
public final class EndpointsKind implements KindDefinition<Endpoints> {
    public static final Kind<Endpoints> KIND =
            new Kind<>(Endpoints.class, "", "v1", "Endpoints", "endpoints", true, List.of("ep"), List.of());

    @Override
    public Kind<Endpoints> kind() {
        return KIND;
    }

    @Override
    public KindRules<Endpoints> rules() {
        return new EndpointsRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text(
                        "Endpoints", "Addresses that serve.", (endpoints, now) -> EndpointText.endpoints(endpoints)),
                Column.age());
    }
}
