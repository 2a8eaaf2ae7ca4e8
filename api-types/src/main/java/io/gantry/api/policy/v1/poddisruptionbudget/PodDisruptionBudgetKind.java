package io.gantry.api.policy.v1.poddisruptionbudget;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `PodDisruptionBudget` kind of `policy/v1` to the API server and to clients.
public final class PodDisruptionBudgetKind implements KindDefinition<PodDisruptionBudget> {
    public static final Kind<PodDisruptionBudget> KIND = new Kind<>(
            PodDisruptionBudget.class,
            "policy",
            "v1",
            "PodDisruptionBudget",
            "poddisruptionbudgets",
            true,
            List.of("pdb"),
            List.of());

    @Override
    public Kind<PodDisruptionBudget> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }
}
