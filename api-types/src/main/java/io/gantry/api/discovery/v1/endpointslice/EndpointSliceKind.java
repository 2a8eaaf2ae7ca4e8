package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `EndpointSlice` kind of `discovery.k8s.io/v1` to the API server and to clients.
public final class EndpointSliceKind implements KindDefinition<EndpointSlice> {
    public static final Kind<EndpointSlice> KIND = new Kind<>(
            EndpointSlice.class,
            "discovery.k8s.io",
            "v1",
            "EndpointSlice",
            "endpointslices",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<EndpointSlice> kind() {
        return KIND;
    }
}
