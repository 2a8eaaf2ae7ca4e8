package io.gantry.controllermanager.disruption;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.client.ObjectKey;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the events of budgets say.
final class BudgetWords {
    private BudgetWords() {}

    static String several(ObjectKey pod, PodDisruptionBudget chosen) {
        return "Pod \"" + pod.namespace() + "\"/\"" + pod.name()
                + "\" matches multiple PodDisruptionBudgets.  Chose \""
                + chosen.metadata().name() + "\" arbitrarily.";
    }

    static String unmanaged(PodDisruptionBudget budget) {
        return "Pods selected by this PodDisruptionBudget (selector: "
                + selector(budget.spec().selector())
                + ") were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, "
                + "which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" "
                + "field of the PDB to an integer value.";
    }

    /// Upstream names the namespace where the budget's name is meant.
    static String notDeleted(PodDisruptionBudget budget) {
        String namespace = ObjectKey.of(budget).namespace();
        return "Pod was expected by PDB " + namespace + "/" + namespace + " to be deleted but it wasn't";
    }

    /// A selector as upstream's generated Go types print it.
    static String selector(@Nullable LabelSelector selector) {
        if (selector == null) {
            return "nil";
        }
        String labels = new TreeMap<>(selector.matchLabels())
                .entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue() + ",")
                        .collect(Collectors.joining());
        String expressions = selector.matchExpressions().stream()
                .map(BudgetWords::requirement)
                .collect(Collectors.joining());
        return "&LabelSelector{MatchLabels:map[string]string{" + labels
                + "},MatchExpressions:[]LabelSelectorRequirement{" + expressions + "},}";
    }

    private static String requirement(LabelSelectorRequirement r) {
        return "LabelSelectorRequirement{Key:" + r.key() + ",Operator:" + r.operator() + ",Values:["
                + String.join(" ", r.values()) + "],},";
    }
}
