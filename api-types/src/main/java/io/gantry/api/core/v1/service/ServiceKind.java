package io.gantry.api.core.v1.service;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Service` kind of `v1` to the API server and to clients.
public final class ServiceKind implements KindDefinition<Service> {
    public static final Kind<Service> KIND =
            new Kind<>(Service.class, "", "v1", "Service", "services", true, List.of("svc"), List.of("all"));

    @Override
    public Kind<Service> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.PROXY);
    }

    @Override
    public KindRules<Service> rules() {
        return new ServiceRules();
    }

    @Override
    public List<Column> columns() {
        return ServiceColumns.all();
    }
}
