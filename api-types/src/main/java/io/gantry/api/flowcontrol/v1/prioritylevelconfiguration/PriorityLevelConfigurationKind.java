package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import java.util.List;
import java.util.Set;

/// Declares the `PriorityLevelConfiguration` kind of `flowcontrol.apiserver.k8s.io/v1` to the API server and to
/// clients.
public final class PriorityLevelConfigurationKind implements KindDefinition<PriorityLevelConfiguration> {
    public static final Kind<PriorityLevelConfiguration> KIND = new Kind<>(
            PriorityLevelConfiguration.class,
            "flowcontrol.apiserver.k8s.io",
            "v1",
            "PriorityLevelConfiguration",
            "prioritylevelconfigurations",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<PriorityLevelConfiguration> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<PriorityLevelConfiguration> rules() {
        return new PriorityLevelConfigurationRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Type", "Limited or Exempt.", Cells.text("spec.type")),
                Column.text(
                        "NominalConcurrencyShares",
                        "Share of the concurrency.",
                        Cells.numberOr("spec.limited.nominalConcurrencyShares", Cells.NONE)),
                Column.text(
                        "Queues",
                        "How many queues.",
                        Cells.numberOr("spec.limited.limitResponse.queuing.queues", Cells.NONE)),
                Column.text(
                        "HandSize",
                        "Queues that a flow may use.",
                        Cells.numberOr("spec.limited.limitResponse.queuing.handSize", Cells.NONE)),
                Column.text(
                        "QueueLengthLimit",
                        "Longest queue.",
                        Cells.numberOr("spec.limited.limitResponse.queuing.queueLengthLimit", Cells.NONE)),
                Column.age());
    }
}
