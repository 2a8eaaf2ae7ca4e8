package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.ExtensionTimes;
import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Finds a node for one pod: filter, score, choose. Does no I/O; given the same snapshots in the same
/// order and the same seed it decides the same.
///
/// Owned by the scheduling thread.
public final class SchedulingCycle {
    /// With fewer nodes than this all are looked at.
    private static final int MIN_FEASIBLE_NODES = 100;

    private static final int MIN_PERCENTAGE = 5;

    private final Profile profile;
    private final Nominations nominations;
    private final RandomGenerator random;
    private final ShapeMemory<NodeTable> memory = new ShapeMemory<>(NodeTable::new);
    private final ExtensionTimes times;
    private int nextStart;

    public SchedulingCycle(Profile profile, Nominations nominations, RandomGenerator random) {
        this(profile, nominations, random, ExtensionTimes.NONE);
    }

    public SchedulingCycle(Profile profile, Nominations nominations, RandomGenerator random, ExtensionTimes times) {
        this.times = times;
        this.profile = profile;
        this.nominations = nominations;
        this.random = random;
    }

    /// The position of the node that the next cycle looks at first.
    public int nextStart() {
        return nextStart;
    }

    /// Has the next cycle begin elsewhere (to repeat one).
    public void startAt(int position) {
        nextStart = position;
    }

    /// Decides for one pod.
    public Decision decide(PodInfo pod, Snapshot snapshot) {
        long start = System.nanoTime();
        PreparedFilters prepared = PreparedFilters.prepare(profile.filters(), pod, snapshot);
        took(ExtensionPoint.PRE_FILTER, prepared.refusal().isEmpty(), start);
        NodeTable table = table(pod, snapshot, prepared);
        NodeSearch search = new NodeSearch(pod, prepared, snapshot, table, nominations);
        int size = snapshot.size();
        if (size == 0) {
            return new Decision.Unschedulable(search.diagnosisOfNamed(), search);
        }
        if (prepared.refusal().isPresent()) {
            PreparedFilters.Refusal refusal = prepared.refusal().get();
            return new Decision.Unschedulable(Diagnosis.ofAll(size, refusal.plugin(), refusal.reason()), search);
        }
        Optional<NodeInfo> promised = nominations
                .nodeOf(pod)
                .or(() -> Optional.ofNullable(pod.pod().status().nominatedNodeName()))
                .flatMap(snapshot::node)
                .filter(search::passes)
                .filter(node -> !left(pod, search, List.of(node)).isEmpty());
        if (promised.isPresent()) {
            return new Decision.Placed(promised.get().name(), 1);
        }
        return prepared.onlyNodes().isPresent()
                ? amongNamed(
                        pod,
                        snapshot,
                        search,
                        left(pod, search, search.named(prepared.onlyNodes().get())))
                : amongAll(pod, snapshot, search);
    }

    /// A pod for one node alone (as DaemonSets have them) is like no other: nothing is remembered for it.
    private NodeTable table(PodInfo pod, Snapshot snapshot, PreparedFilters prepared) {
        if (prepared.onlyNodes().isPresent() || prepared.isAfresh()) {
            return new NodeTable(snapshot.size());
        }
        NodeTable table = memory.of(pod, snapshot);
        table.follow(snapshot, nominations);
        return table;
    }

    /// What extenders leave of the feasible nodes.
    private List<NodeInfo> left(PodInfo pod, NodeSearch search, List<NodeInfo> feasible) {
        return feasible.isEmpty() || profile.extenders().isEmpty()
                ? feasible
                : profile.extenders().filter(pod, feasible, search::rejectedByExtender);
    }

    private void took(ExtensionPoint point, boolean success, long start) {
        times.took(point, success ? ExtensionTimes.SUCCESS : ExtensionTimes.UNSCHEDULABLE, System.nanoTime() - start);
    }

    private Decision amongNamed(PodInfo pod, Snapshot snapshot, NodeSearch search, List<NodeInfo> feasible) {
        return feasible.isEmpty()
                ? new Decision.Unschedulable(search.diagnosisOfNamed(), search)
                : new Decision.Placed(
                        best(pod, snapshot, feasible, search.table()).name(), feasible.size());
    }

    private Decision amongAll(PodInfo pod, Snapshot snapshot, NodeSearch search) {
        long start = System.nanoTime();
        int size = snapshot.size();
        NodeSearch.Sample sample = search.sampled(nextStart % size, enough(size, profile.percentageOfNodesToScore()));
        nextStart = sample.next();
        took(ExtensionPoint.FILTER, !sample.feasible().isEmpty(), start);
        List<NodeInfo> feasible = left(pod, search, sample.feasible());
        return feasible.isEmpty()
                ? new Decision.Unschedulable(search.diagnosisOfAll(), search)
                : new Decision.Placed(
                        best(pod, snapshot, feasible, search.table()).name(), feasible.size());
    }

    /// How many feasible nodes are enough: all of few, an ever smaller part of many (upstream
    /// `numFeasibleNodesToFind`).
    ///
    /// @param percentage of the nodes; 0 lets their number decide
    static int enough(int nodes, int percentage) {
        if (nodes < MIN_FEASIBLE_NODES) {
            return nodes;
        }
        int share = percentage > 0 ? percentage : Math.max(MIN_PERCENTAGE, 50 - nodes / 125);
        return share >= 100 ? nodes : Math.max(MIN_FEASIBLE_NODES, nodes * share / 100);
    }

    private NodeInfo best(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible, NodeTable table) {
        if (feasible.size() == 1) {
            return feasible.getFirst();
        }
        long start = System.nanoTime();
        long[] totals = localScores(pod, snapshot, feasible, table);
        for (Profile.Weighted scorer : profile.scorers()) {
            if (!(scorer.plugin() instanceof LocalScorePlugin)) {
                long[] scores = scorer.plugin().score(pod, snapshot, feasible);
                for (int i = 0; i < scores.length; i++) {
                    totals[i] += scores[i] * scorer.weight();
                }
            }
        }
        took(ExtensionPoint.SCORE, true, start);
        if (!profile.extenders().isEmpty()) {
            Map<String, Long> more = profile.extenders().scores(pod, feasible);
            for (int i = 0; i < totals.length; i++) {
                totals[i] += more.getOrDefault(feasible.get(i).name(), 0L);
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

    private long[] localScores(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible, NodeTable table) {
        long[] totals = new long[feasible.size()];
        for (int i = 0; i < totals.length; i++) {
            int position = Feasible.position(feasible, i);
            if (!table.isScored(position)) {
                table.score(position, localScore(pod, snapshot.nodes().get(position)));
            }
            totals[i] = table.score(position);
        }
        return totals;
    }

    private long localScore(PodInfo pod, NodeInfo node) {
        long sum = 0;
        for (Profile.Weighted scorer : profile.scorers()) {
            if (scorer.plugin() instanceof LocalScorePlugin plugin) {
                sum += plugin.score(pod, node) * scorer.weight();
            }
        }
        return sum;
    }
}
