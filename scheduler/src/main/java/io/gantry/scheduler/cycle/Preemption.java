package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Finds the pods whose removal would make room for a pod of higher priority (upstream's
/// DefaultPreemption). Decides only; its random start is the caller's.
///
/// @param nominations pods that were promised room already
/// @param minPercentage and `minAbsolute` how many candidate nodes are tried out at least, if there are
///     as many
public record Preemption(Nominations nominations, RandomGenerator random, int minPercentage, int minAbsolute) {
    static final int MIN_PERCENTAGE = 10;
    static final int MIN_ABSOLUTE = 100;

    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    public Preemption(Nominations nominations, RandomGenerator random) {
        this(nominations, random, MIN_PERCENTAGE, MIN_ABSOLUTE);
    }

    /// Room can be made by removing pods.
    ///
    /// @param node where
    /// @param victims the pods to remove, most important first
    /// @param broken how many of them a disruption budget would protect
    /// @param highest the highest priority among the victims
    /// @param priorities the sum of their priorities, each above the lowest there is
    /// @param started when the most important one started
    public record Candidate(
            String node, List<PodInfo> victims, int broken, int highest, long priorities, Instant started) {
        static Candidate of(String node, List<PodInfo> victims, int broken) {
            PodInfo first = victims.getFirst();
            long sum = 0;
            for (PodInfo victim : victims) {
                sum += (long) victim.priority() - Integer.MIN_VALUE;
            }
            return new Candidate(node, List.copyOf(victims), broken, first.priority(), sum, startTime(first));
        }
    }

    /// What came of it.
    ///
    /// @param chosen the cheapest candidate, if there is any
    /// @param message the second part of `FailedScheduling`'s message; empty where one was found
    /// @param tried whether it was looked for candidates at all
    public record Result(Optional<Candidate> chosen, String message, boolean tried) {
        public static final Result NOT_TRIED = new Result(Optional.empty(), "", false);
    }

    /// Plans preemption for a pod that no node can take.
    ///
    /// @param attempt the cycle that failed
    /// @param budgets which victims disruption budgets protect
    public Result plan(
            PodInfo pod, Snapshot snapshot, Diagnosis diagnosis, Decision.Attempt attempt, DisruptionBudgets budgets) {
        Optional<String> ineligible = ineligible(pod, snapshot);
        if (ineligible.isPresent()) {
            return new Result(Optional.empty(), "preemption: " + ineligible.get(), false);
        }
        int size = snapshot.size();
        int enough = Math.max(size * minPercentage / 100, minAbsolute);
        int start = size == 0 ? 0 : random.nextInt(size);
        boolean remembers = attempt.filters().isLocal() && budgets.budgets().isEmpty();
        int notHelpful = 0;
        int noVictims = 0;
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < size && candidates.size() < enough; i++) {
            NodeInfo node = snapshot.nodes().get((start + i) % size);
            if (!diagnosis.rejections().resolvable(node.position())) {
                notHelpful++;
                continue;
            }
            Optional<Candidate> candidate =
                    remembers ? remembered(pod, node, attempt, budgets) : tryOut(pod, node, attempt.filters(), budgets);
            candidate.ifPresent(candidates::add);
            noVictims += candidate.isPresent() ? 0 : 1;
        }
        Optional<Candidate> chosen = candidates.stream().min(CHEAPEST);
        return new Result(chosen, chosen.isPresent() ? "" : message(size, notHelpful, noVictims), true);
    }

    private static String message(int nodes, int notHelpful, int noVictims) {
        Map<String, Integer> counts = new HashMap<>();
        if (notHelpful > 0) {
            counts.put(NOT_HELPFUL, notHelpful);
        }
        if (noVictims > 0) {
            counts.put(NO_VICTIMS, noVictims);
        }
        return "preemption: 0/" + nodes + " nodes are available" + Diagnosis.counted(counts);
    }

    private Optional<String> ineligible(PodInfo pod, Snapshot snapshot) {
        if ("Never".equals(pod.pod().spec().preemptionPolicy())) {
            return Optional.of("not eligible due to preemptionPolicy=Never.");
        }
        String nominated = nominations
                .nodeOf(pod)
                .orElse(Objects.requireNonNullElse(pod.pod().status().nominatedNodeName(), ""));
        boolean leaving = snapshot.node(nominated).stream()
                .flatMap(node -> node.pods().stream())
                .anyMatch(other -> other.terminating() && other.priority() < pod.priority());
        return leaving ? Optional.of("not eligible due to a terminating pod on the nominated node.") : Optional.empty();
    }

    private Optional<Candidate> remembered(
            PodInfo pod, NodeInfo node, Decision.Attempt attempt, DisruptionBudgets budgets) {
        List<PodInfo> promised = nominations.on(node.name());
        Optional<Candidate> known = attempt.memory().candidate(node, promised);
        if (known == null || promised.contains(pod)) {
            known = tryOut(pod, node, attempt.filters(), budgets);
            attempt.memory().candidate(node, promised, known);
        }
        return known;
    }

    private Optional<Candidate> tryOut(PodInfo pod, NodeInfo node, PreparedFilters filters, DisruptionBudgets budgets) {
        List<PodInfo> lower = new ArrayList<>();
        for (PodInfo other : node.pods()) {
            if (other.priority() < pod.priority()) {
                lower.add(other);
            }
        }
        if (lower.isEmpty()) {
            return Optional.empty();
        }
        NodeInfo emptied = nominations.withNominated(node.withoutAll(lower), pod);
        if (!fits(filters, emptied, node)) {
            return Optional.empty();
        }
        lower.sort(MORE_IMPORTANT_FIRST);
        DisruptionBudgets.Split split = budgets.split(lower);
        List<PodInfo> victims = new ArrayList<>();
        NodeInfo filled = reprieve(filters, emptied, node, split.protectedPods(), victims);
        int broken = victims.size();
        reprieve(filters, filled, node, split.others(), victims);
        victims.sort(MORE_IMPORTANT_FIRST);
        return victims.isEmpty() ? Optional.empty() : Optional.of(Candidate.of(node.name(), victims, broken));
    }

    /// Puts back as many pods as possible, the most important first; those that must go are added to
    /// `victims`.
    private static NodeInfo reprieve(
            PreparedFilters filters, NodeInfo node, NodeInfo asIs, List<PodInfo> pods, List<PodInfo> victims) {
        NodeInfo filled = node;
        for (PodInfo other : pods) {
            NodeInfo more = filled.with(other);
            if (fits(filters, more, asIs)) {
                filled = more;
            } else {
                victims.add(other);
            }
        }
        return filled;
    }

    private static boolean fits(PreparedFilters filters, NodeInfo changed, NodeInfo asIs) {
        return filters.check(changed, asIs).verdict() instanceof Verdict.Fits;
    }

    private static final Comparator<PodInfo> MORE_IMPORTANT_FIRST =
            Comparator.comparingInt(PodInfo::priority).reversed().thenComparing(Preemption::startTime);

    /// Fewest broken budgets, lowest highest priority, lowest sum of priorities, fewest victims, latest
    /// start.
    private static final Comparator<Candidate> CHEAPEST = Comparator.comparingInt(Candidate::broken)
            .thenComparingInt(Candidate::highest)
            .thenComparingLong(Candidate::priorities)
            .thenComparingInt(candidate -> candidate.victims().size())
            .thenComparing(Candidate::started, Comparator.reverseOrder())
            .thenComparing(Candidate::node);

    private static Instant startTime(PodInfo pod) {
        Instant start = pod.pod().status().startTime();
        return start == null ? Instant.MAX : start;
    }
}
