package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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
    public KindRules<ResourceClaim> rules() {
        return new ResourceClaimRules();
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("State", "The state of the claim.", (c, now) -> state(c)), Column.age());
    }

    private static String state(JsonNode claim) {
        JsonNode status = claim.path("status");
        List<String> states = new ArrayList<>();
        if (claim.path("metadata").path("deletionTimestamp").isString()) {
            states.add("deleted");
        }
        if (!status.path("allocation").isObject()) {
            states.add("pending");
        } else {
            states.add("allocated");
            if (!status.path("reservedFor").isEmpty()) {
                states.add("reserved");
            }
        }
        return String.join(",", states);
    }
}
