package io.gantry.api.core.v1.serviceaccount;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `ServiceAccount` kind of `v1` to the API server and to clients.
public final class ServiceAccountKind implements KindDefinition<ServiceAccount> {
    public static final Kind<ServiceAccount> KIND = new Kind<>(
            ServiceAccount.class, "", "v1", "ServiceAccount", "serviceaccounts", true, List.of("sa"), List.of());

    @Override
    public Kind<ServiceAccount> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.TOKEN);
    }

    @Override
    public KindRules<ServiceAccount> rules() {
        return new ServiceAccountRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.age());
    }
}
