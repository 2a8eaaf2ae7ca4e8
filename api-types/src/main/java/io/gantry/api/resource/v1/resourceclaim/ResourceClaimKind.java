package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `ResourceClaim` kind of `resource.k8s.io/v1` to the API server and to clients.
public final class ResourceClaimKind implements KindDefinition<ResourceClaim> {
    public static final Kind<ResourceClaim> KIND = new Kind<>(
            ResourceClaim.class,
            "resource.k8s.io",
            "v1",
            "ResourceClaim",
            "resourceclaims",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<ResourceClaim> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }
}
