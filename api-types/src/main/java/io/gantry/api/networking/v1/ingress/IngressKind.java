package io.gantry.api.networking.v1.ingress;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Ingress` kind of `networking.k8s.io/v1` to the API server and to clients.
public final class IngressKind implements KindDefinition<Ingress> {
    public static final Kind<Ingress> KIND = new Kind<>(
            Ingress.class, "networking.k8s.io", "v1", "Ingress", "ingresses", true, List.of("ing"), List.of());

    @Override
    public Kind<Ingress> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<Ingress> rules() {
        return new IngressRules();
    }

    @Override
    public List<Column> columns() {
        return IngressColumns.all();
    }
}
