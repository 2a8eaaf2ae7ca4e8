package io.gantry.controllermanager.disruption;

import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetStatus;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetStatusBuilder;
import io.gantry.api.resource.IntOrString;
import io.gantry.controllermanager.common.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many pods of a budget may be evicted now (upstream `pkg/controller/disruption`).
///
/// @param next when a noted eviction that did not happen is forgotten
record DisruptionPlan(PodDisruptionBudgetStatus status, Optional<Instant> next) {
    private static final Duration RETRY = Duration.ofSeconds(30);

    /// An eviction that was allowed but not seen within this time did not happen.
    private static final Duration EVICTION_PATIENCE = Duration.ofMinutes(2);

    /// @param pods the pods that the budget selects
    /// @param expected how many there should be, by their controllers' sizes
    static DisruptionPlan of(PodDisruptionBudget budget, List<Pod> pods, int expected, Instant now) {
        Map<String, Instant> disrupted = new LinkedHashMap<>();
        Optional<Instant> next = Optional.empty();
        for (Map.Entry<String, Instant> entry : budget.status().disruptedPods().entrySet()) {
            boolean waits = pods.stream()
                    .anyMatch(p -> text(p.metadata().name()).equals(entry.getKey()) && !Pods.isTerminating(p));
            Instant end = entry.getValue().plus(EVICTION_PATIENCE);
            if (waits && end.isAfter(now)) {
                disrupted.put(entry.getKey(), entry.getValue());
                next = next.filter(n -> n.isBefore(end)).or(() -> Optional.of(end));
            }
        }
        int healthy = (int) pods.stream()
                .filter(p -> !Pods.isTerminating(p) && Pods.isReady(p))
                .filter(p -> !disrupted.containsKey(text(p.metadata().name())))
                .count();
        int desired = desired(budget, expected);
        int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
        return new DisruptionPlan(
                new PodDisruptionBudgetStatus(
                        nonZero(number(budget.metadata().generation())),
                        disrupted,
                        allowed,
                        healthy,
                        desired,
                        expected,
                        conditions(budget, allowed, now)),
                next);
    }

    /// The pods whose noted eviction is forgotten: they were to be deleted and are still there.
    static List<Pod> notDeleted(PodDisruptionBudget budget, List<Pod> pods, Instant now) {
        return pods.stream()
                .filter(p -> !Pods.isTerminating(p))
                .filter(p -> Optional.ofNullable(budget.status()
                                .disruptedPods()
                                .get(text(p.metadata().name())))
                        .map(noted -> !noted.plus(EVICTION_PATIENCE).isAfter(now))
                        .orElse(false))
                .toList();
    }

    /// It cannot be told how many pods there should be: nothing may go until the next try. What was seen before stays
    /// as it was (upstream `failSafe`).
    static DisruptionPlan failed(PodDisruptionBudget budget, String why, Instant now) {
        PodDisruptionBudgetStatus status = PodDisruptionBudgetStatusBuilder.builder(budget.status())
                .disruptionsAllowed(0)
                .conditions(
                        condition(budget, number(budget.status().observedGeneration()), false, "SyncFailed", why, now))
                .build();
        return new DisruptionPlan(status, Optional.of(now.plus(RETRY)));
    }

    private static int desired(PodDisruptionBudget budget, int expected) {
        IntOrString unavailable = budget.spec().maxUnavailable();
        if (unavailable != null) {
            return Math.max(0, expected - unavailable.scaled(expected, true));
        }
        IntOrString available = budget.spec().minAvailable();
        return available == null ? 0 : available.scaled(expected, true);
    }

    private static List<Condition> conditions(PodDisruptionBudget budget, int allowed, Instant now) {
        long generation = number(budget.metadata().generation());
        return condition(budget, generation, allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "", now);
    }

    private static List<Condition> condition(
            PodDisruptionBudget budget, long generation, boolean allowed, String reason, String message, Instant now) {
        String status = allowed ? "True" : "False";
        List<Condition> conditions = new ArrayList<>(budget.status().conditions());
        Instant since = conditions.stream()
                .filter(c -> c.type().equals("DisruptionAllowed") && c.status().equals(status))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        conditions.removeIf(c -> c.type().equals("DisruptionAllowed"));
        conditions.add(new Condition("DisruptionAllowed", status, nonZero(generation), since, reason, message));
        return conditions;
    }
}
