package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The algorithm as it is written down, with nothing remembered: what [SchedulingCycle] and
/// [DefaultPreemption] must agree with.
final class PlainCycle {
    private final Profile profile;
    private final Nominations nominations;
    private final RandomGenerator random;
    private final DisruptionBudgets budgets;
    private int nextStart;

    PlainCycle(Profile profile, Nominations nominations, RandomGenerator random, DisruptionBudgets budgets) {
        this.profile = profile;
        this.nominations = nominations;
        this.random = random;
        this.budgets = budgets;
    }

    /// What is decided, as text: `node`, or the message with the node and the victims of preemption.
    String decide(PodInfo pod, Snapshot snapshot) {
        PreparedFilters filters = PreparedFilters.prepare(profile.filters(), pod, snapshot);
        Optional<NodeInfo> promised = nominations
                .nodeOf(pod)
                .flatMap(snapshot::node)
                .filter(node -> check(filters, node, pod) instanceof Verdict.Fits);
        if (promised.isPresent()) {
            return promised.get().name();
        }
        Map<String, Integer> reasons = new TreeMap<>();
        List<NodeInfo> feasible = new ArrayList<>();
        BitSet resolvable = new BitSet();
        int size = snapshot.size();
        int enough = SchedulingCycle.enough(size, profile.percentageOfNodesToScore());
        int at = nextStart % size;
        for (int looked = 0; looked < size && feasible.size() < enough; looked++) {
            NodeInfo node = snapshot.nodes().get(at);
            at = (at + 1) % size;
            switch (check(filters, node, pod)) {
                case Verdict.Fits _ -> feasible.add(node);
                case Verdict.Rejected rejected -> {
                    rejected.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
                    resolvable.set(node.position(), rejected.resolvable());
                }
            }
        }
        nextStart = at;
        return feasible.isEmpty()
                ? Diagnosis.counted(size, reasons) + " " + preempt(pod, snapshot, filters, resolvable)
                : best(pod, snapshot, feasible).name();
    }

    private Verdict check(PreparedFilters filters, NodeInfo node, PodInfo pod) {
        NodeInfo filled = nominations.withNominated(node, pod);
        Verdict with = filters.check(filled, node).verdict();
        return with instanceof Verdict.Rejected
                ? with
                : filters.check(node, node).verdict();
    }

    private NodeInfo best(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        if (feasible.size() == 1) {
            return feasible.getFirst();
        }
        long[] totals = new long[feasible.size()];
        for (Profile.Weighted scorer : profile.scorers()) {
            long[] scores = scorer.plugin().score(pod, snapshot, feasible);
            for (int i = 0; i < scores.length; i++) {
                totals[i] += scores[i] * scorer.weight();
            }
        }
        int best = 0;
        int ties = 1;
        for (int i = 1; i < totals.length; i++) {
            if (totals[i] > totals[best]) {
                best = i;
                ties = 1;
            } else if (totals[i] == totals[best] && random.nextInt(++ties) == 0) {
                best = i;
            }
        }
        return feasible.get(best);
    }

    private String preempt(PodInfo pod, Snapshot snapshot, PreparedFilters filters, BitSet resolvable) {
        int size = snapshot.size();
        int start = random.nextInt(size);
        int enough = PreemptionArgs.DEFAULT.enough(resolvable.cardinality());
        List<Candidate.Room> rooms = new ArrayList<>();
        Map<String, Integer> reasons = new TreeMap<>();
        DryRun dryRun = new DryRun(pod, new Failed(filters, resolvable), nominations, budgets);
        for (int i = 0; i < size && rooms.size() < enough; i++) {
            NodeInfo node = snapshot.nodes().get((start + i) % size);
            if (!resolvable.get(node.position())) {
                reasons.merge("Preemption is not helpful for scheduling", 1, Integer::sum);
                continue;
            }
            switch (dryRun.on(node)) {
                case Candidate.Room room -> rooms.add(room);
                case Candidate.None(Verdict.Rejected verdict) ->
                    verdict.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        return rooms.stream()
                .min(Candidate.Room::compareTo)
                .map(room -> room.node() + " " + room.victims())
                .orElseGet(() -> "preemption: " + Diagnosis.counted(size, reasons));
    }

    private record Failed(PreparedFilters filters, BitSet resolvable) implements PostFilterPlugin.Failed {
        @Override
        public Verdict check(NodeInfo changed, NodeInfo asIs) {
            return filters.check(changed, asIs).verdict();
        }

        @Override
        public boolean isLocal() {
            return filters.isLocal();
        }
    }
}
