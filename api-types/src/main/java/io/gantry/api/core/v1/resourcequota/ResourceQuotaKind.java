package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `ResourceQuota` kind of `v1` to the API server and to clients.
public final class ResourceQuotaKind implements KindDefinition<ResourceQuota> {
    public static final Kind<ResourceQuota> KIND = new Kind<>(
            ResourceQuota.class, "", "v1", "ResourceQuota", "resourcequotas", true, List.of("quota"), List.of());

    @Override
    public Kind<ResourceQuota> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<ResourceQuota> rules() {
        return new ResourceQuotaRules();
    }

    @Override
    public List<Column> columns() {
        return ResourceQuotaColumns.all();
    }
}
