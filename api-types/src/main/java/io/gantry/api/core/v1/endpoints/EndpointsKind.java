package io.gantry.api.core.v1.endpoints;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `Endpoints` kind of `v1` to the API server and to clients.
public final class EndpointsKind implements KindDefinition<Endpoints> {
    public static final Kind<Endpoints> KIND =
            new Kind<>(Endpoints.class, "", "v1", "Endpoints", "endpoints", true, List.of("ep"), List.of());

    @Override
    public Kind<Endpoints> kind() {
        return KIND;
    }
}
