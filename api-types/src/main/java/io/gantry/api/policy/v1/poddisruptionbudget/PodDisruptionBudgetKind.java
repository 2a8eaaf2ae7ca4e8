package io.gantry.api.policy.v1.poddisruptionbudget;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
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

    @Override
    public KindRules<PodDisruptionBudget> rules() {
        return new PodDisruptionBudgetRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Min Available", "Fewest pods that must stay.", Cells.text("spec.minAvailable", "N/A")),
                Column.text("Max Unavailable", "Most pods that may go.", Cells.text("spec.maxUnavailable", "N/A")),
                Column.number(
                        "Allowed Disruptions", "Pods that may go now.", Cells.number("status.disruptionsAllowed")),
                Column.age());
    }
}
