package io.gantry.api.core.v1.namespace;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Namespace` kind of `v1` to the API server and to clients.
public final class NamespaceKind implements KindDefinition<Namespace> {
    public static final Kind<Namespace> KIND =
            new Kind<>(Namespace.class, "", "v1", "Namespace", "namespaces", false, List.of("ns"), List.of());

    @Override
    public Kind<Namespace> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.FINALIZE);
    }
}
