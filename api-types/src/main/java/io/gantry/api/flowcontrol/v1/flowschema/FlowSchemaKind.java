package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `FlowSchema` kind of `flowcontrol.apiserver.k8s.io/v1` to the API server and to clients.
public final class FlowSchemaKind implements KindDefinition<FlowSchema> {
    public static final Kind<FlowSchema> KIND = new Kind<>(
            FlowSchema.class,
            "flowcontrol.apiserver.k8s.io",
            "v1",
            "FlowSchema",
            "flowschemas",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<FlowSchema> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }
}
