package io.gantry.scheduler.cycle;

import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Finds the pods whose removal would make room for a pod of higher priority (upstream's DefaultPreemption). Pure.
///
/// @param filters the profile's filters
public record Preemption(List<FilterPlugin> filters) {
    /// How many nodes are tried out at most.
    private static final int MAX_CANDIDATES = 100;

    /// Room can be made by removing pods.
    ///
    /// @param node where
    /// @param victims the pods to remove, most important first
    /// @param broken how many of them a disruption budget would protect
    public record Candidate(String node, List<PodInfo> victims, int broken) {}

    /// What came of it.
    ///
    /// @param chosen the cheapest candidate, if there is any
    /// @param message the second part of `FailedScheduling`'s message, where none was found
    public record Result(Optional<Candidate> chosen, String message) {}

    /// Plans preemption for a pod that no node can take.
    ///
    /// @param budgets which victims disruption budgets protect
    public Result plan(PodInfo pod, Snapshot snapshot, Diagnosis diagnosis, DisruptionBudgets budgets) {
        Optional<String> ineligible = ineligible(pod, snapshot);
        if (ineligible.isPresent()) {
            return new Result(Optional.empty(), "preemption: " + ineligible.get());
        }
        Map<String, List<String>> failures = new LinkedHashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        for (NodeInfo node : snapshot.nodes()) {
            Verdict.Rejected rejected = diagnosis.rejections().get(node.name());
            if (rejected == null || !rejected.resolvable() || candidates.size() >= MAX_CANDIDATES) {
                failures.put(node.name(), List.of("Preemption is not helpful for scheduling"));
                continue;
            }
            Optional<Candidate> candidate = tryOut(pod, node, snapshot, budgets);
            candidate.ifPresentOrElse(
                    candidates::add,
                    () -> failures.put(node.name(), List.of("No preemption victims found for incoming pod")));
        }
        return new Result(candidates.stream().min(CHEAPEST), message(snapshot.size(), failures.values()));
    }

    private static String message(int nodes, Collection<List<String>> failures) {
        return "preemption: 0/" + nodes + " nodes are available" + Diagnosis.counted(failures);
    }

    private static Optional<String> ineligible(PodInfo pod, Snapshot snapshot) {
        if ("Never".equals(pod.pod().spec().preemptionPolicy())) {
            return Optional.of("not eligible due to preemptionPolicy=Never.");
        }
        PodStatus status = pod.pod().status();
        String nominated = Objects.requireNonNullElse(status.nominatedNodeName(), "");
        boolean leaving = snapshot.node(nominated).stream()
                .flatMap(node -> node.pods().stream())
                .anyMatch(other -> other.terminating() && other.priority() < pod.priority());
        return leaving ? Optional.of("not eligible due to a terminating pod on the nominated node.") : Optional.empty();
    }

    private Optional<Candidate> tryOut(PodInfo pod, NodeInfo node, Snapshot snapshot, DisruptionBudgets budgets) {
        List<PodInfo> lower = node.pods().stream()
                .filter(other -> other.priority() < pod.priority())
                .sorted(MORE_IMPORTANT_FIRST)
                .toList();
        if (lower.isEmpty()) {
            return Optional.empty();
        }
        NodeInfo emptied = node;
        for (PodInfo other : lower) {
            emptied = emptied.without(other);
        }
        if (!fits(pod, emptied, snapshot)) {
            return Optional.empty();
        }
        DisruptionBudgets.Split split = budgets.split(lower);
        List<PodInfo> victims = new ArrayList<>();
        NodeInfo filled = reprieve(pod, emptied, snapshot, split.protectedPods(), victims);
        int broken = victims.size();
        reprieve(pod, filled, snapshot, split.others(), victims);
        victims.sort(MORE_IMPORTANT_FIRST);
        return victims.isEmpty() ? Optional.empty() : Optional.of(new Candidate(node.name(), victims, broken));
    }

    /// Puts back as many pods as possible, the most important first; those that must go are added to `victims`.
    private NodeInfo reprieve(
            PodInfo pod, NodeInfo node, Snapshot snapshot, List<PodInfo> pods, List<PodInfo> victims) {
        NodeInfo filled = node;
        for (PodInfo other : pods) {
            NodeInfo more = filled.with(other);
            if (fits(pod, more, snapshot)) {
                filled = more;
            } else {
                victims.add(other);
            }
        }
        return filled;
    }

    private boolean fits(PodInfo pod, NodeInfo node, Snapshot snapshot) {
        PreparedFilters prepared = PreparedFilters.prepare(filters, pod, snapshot.with(node));
        return prepared.refusal().isEmpty() && prepared.check(node).verdict() instanceof Verdict.Fits;
    }

    private static final Comparator<PodInfo> MORE_IMPORTANT_FIRST =
            Comparator.comparingInt(PodInfo::priority).reversed().thenComparing(Preemption::startTime);

    /// Fewest broken budgets, lowest highest priority, lowest sum of priorities, fewest victims, latest start.
    private static final Comparator<Candidate> CHEAPEST = Comparator.comparingInt(Candidate::broken)
            .thenComparingInt(candidate -> candidate.victims().getFirst().priority())
            .thenComparingLong(candidate -> candidate.victims().stream()
                    .mapToLong(victim -> (long) victim.priority() + Integer.MAX_VALUE + 1)
                    .sum())
            .thenComparingInt(candidate -> candidate.victims().size())
            .thenComparing(candidate -> startTime(candidate.victims().getFirst()), Comparator.reverseOrder())
            .thenComparing(Candidate::node);

    private static Instant startTime(PodInfo pod) {
        Instant start = pod.pod().status().startTime();
        return start == null ? Instant.MAX : start;
    }
}
