package io.gantry.scheduler.cycle;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which pods disruption budgets protect at one moment.
public record DisruptionBudgets(List<PodDisruptionBudget> budgets) {
    public DisruptionBudgets {
        budgets = List.copyOf(budgets);
    }

    /// Pods whose removal would break a budget, and the others, each in the order given.
    record Split(List<PodInfo> protectedPods, List<PodInfo> others) {}

    Split split(List<PodInfo> pods) {
        Map<PodDisruptionBudget, Integer> left = new HashMap<>();
        List<PodInfo> guarded = new ArrayList<>();
        List<PodInfo> others = new ArrayList<>();
        for (PodInfo pod : pods) {
            boolean breaks = false;
            for (PodDisruptionBudget budget : budgets) {
                if (selects(budget, pod)) {
                    breaks |= left.merge(budget, allowed(budget) - 1, (old, fresh) -> old - 1) < 0;
                }
            }
            (breaks ? guarded : others).add(pod);
        }
        return new Split(guarded, others);
    }

    private static int allowed(PodDisruptionBudget budget) {
        Integer allowed = budget.status().disruptionsAllowed();
        return allowed == null ? 0 : allowed;
    }

    private static boolean selects(PodDisruptionBudget budget, PodInfo pod) {
        LabelSelector selector = budget.spec().selector();
        return selector != null
                && Objects.equals(budget.metadata().namespace(), pod.namespace())
                && !budget.status().disruptedPods().containsKey(pod.name())
                && LabelSelectors.matches(selector, pod.labels());
    }
}
