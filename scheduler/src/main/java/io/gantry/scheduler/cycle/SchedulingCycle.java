package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Finds a node for one pod: filter, score, choose. Does no I/O; given the same snapshots in the same
/// order and the same seed it decides the same.
///
/// Owned by the scheduling thread.
public final class SchedulingCycle {
    /// With fewer nodes than this all are looked at.
    private static final int MIN_FEASIBLE_NODES = 100;

    private static final int MIN_PERCENTAGE = 5;

    private final List<FilterPlugin> filters;
    private final List<PluginCatalog.Weighted> scorers;
    private final Nominations nominations;
    private final RandomGenerator random;
    private final int percentage;
    private final Memory memory = new Memory();
    private int nextStart;

    public SchedulingCycle(PluginCatalog plugins, Nominations nominations, RandomGenerator random) {
        this(plugins, nominations, random, 0);
    }

    /// @param percentage of the nodes that must be feasible before the best of them is taken; 0 for
    ///     upstream's default
    public SchedulingCycle(PluginCatalog plugins, Nominations nominations, RandomGenerator random, int percentage) {
        this.percentage = percentage;
        this.filters = plugins.filters();
        this.scorers = plugins.scorers();
        this.nominations = nominations;
        this.random = random;
    }

    /// Decides for one pod.
    public Decision decide(PodInfo pod, Snapshot snapshot) {
        PreparedFilters prepared = PreparedFilters.prepare(filters, pod, snapshot);
        if (snapshot.size() == 0 || prepared.refusal().isPresent()) {
            return refused(pod, snapshot, prepared);
        }
        Search search = new Search(pod, prepared, snapshot);
        Optional<NodeInfo> promised = nominations
                .nodeOf(pod)
                .or(() -> Optional.ofNullable(pod.pod().status().nominatedNodeName()))
                .flatMap(snapshot::node)
                .filter(search::passes);
        if (promised.isPresent()) {
            return new Decision.Placed(promised.get().name(), 1);
        }
        List<NodeInfo> feasible = prepared.onlyNodes().isPresent()
                ? search.named(prepared.onlyNodes().get())
                : search.sampled();
        if (feasible.isEmpty()) {
            Diagnosis diagnosis = new Diagnosis(snapshot.size(), Optional.empty(), search.rejections, search.plugins);
            return new Decision.Unschedulable(diagnosis, new Decision.Attempt(prepared, memory.of(pod, snapshot)));
        }
        return new Decision.Placed(best(pod, snapshot, feasible).name(), feasible.size());
    }

    private Decision refused(PodInfo pod, Snapshot snapshot, PreparedFilters prepared) {
        Optional<PreparedFilters.Refusal> refusal = prepared.refusal();
        Set<String> plugins =
                refusal.map(PreparedFilters.Refusal::plugin).map(Set::of).orElse(Set.of());
        Diagnosis diagnosis = new Diagnosis(
                snapshot.size(),
                refusal.map(PreparedFilters.Refusal::reason),
                new Diagnosis.Rejections(snapshot.size()),
                plugins);
        return new Decision.Unschedulable(diagnosis, new Decision.Attempt(prepared, memory.of(pod, snapshot)));
    }

    /// One cycle's look at the nodes.
    private final class Search {
        private final PodInfo pod;
        private final PreparedFilters prepared;
        private final Snapshot snapshot;
        private final Memory.Table table;
        private final Diagnosis.Rejections rejections;
        private final Set<String> plugins = new LinkedHashSet<>();

        Search(PodInfo pod, PreparedFilters prepared, Snapshot snapshot) {
            this.pod = pod;
            this.prepared = prepared;
            this.snapshot = snapshot;
            this.table = memory.of(pod, snapshot);
            this.rejections = new Diagnosis.Rejections(snapshot.size());
        }

        /// Of the nodes that plugins named beforehand; the others count as rejected for affinity.
        List<NodeInfo> named(Set<String> names) {
            List<NodeInfo> feasible = new ArrayList<>();
            names.stream()
                    .sorted()
                    .map(snapshot::node)
                    .flatMap(Optional::stream)
                    .forEach(node -> {
                        if (passes(node)) {
                            feasible.add(node);
                        }
                    });
            if (feasible.isEmpty()) {
                for (NodeInfo node : snapshot.nodes()) {
                    if (!names.contains(node.name())) {
                        passes(node);
                    }
                }
            }
            return feasible;
        }

        /// Looks at nodes in turn, from where the last cycle stopped, until enough are feasible.
        List<NodeInfo> sampled() {
            int size = snapshot.size();
            int enough = enough(size, percentage);
            List<NodeInfo> feasible = new ArrayList<>(Math.min(size, enough));
            int looked = 0;
            int at = nextStart % size;
            while (looked < size && feasible.size() < enough) {
                NodeInfo node = snapshot.nodes().get(at);
                at = at + 1 == size ? 0 : at + 1;
                looked++;
                if (passes(node)) {
                    feasible.add(node);
                }
            }
            nextStart = at;
            return feasible;
        }

        boolean passes(NodeInfo node) {
            PreparedFilters.Outcome outcome = judge(node);
            if (outcome.verdict() instanceof Verdict.Rejected rejected) {
                rejections.put(node.position(), rejected);
                plugins.add(outcome.plugin());
                return false;
            }
            return true;
        }

        /// With the pods that were promised the node, and without them: they may go elsewhere.
        private PreparedFilters.Outcome judge(NodeInfo node) {
            List<PodInfo> promised = nominations.on(node.name());
            if (promised.isEmpty()) {
                PreparedFilters.Outcome locally = remembered(node, promised, node);
                return rejects(locally) ? locally : prepared.checkAround(node);
            }
            NodeInfo filled = nominations.withNominated(node, pod);
            PreparedFilters.Outcome locally =
                    promised.contains(pod) ? prepared.check(filled, node) : remembered(node, promised, filled);
            if (rejects(locally)) {
                return locally;
            }
            PreparedFilters.Outcome around = prepared.checkAround(filled, node);
            return rejects(around) ? around : prepared.checkAround(node);
        }

        private PreparedFilters.Outcome remembered(NodeInfo node, List<PodInfo> promised, NodeInfo filled) {
            PreparedFilters.Outcome known = table.verdict(node, promised);
            if (known == null) {
                known = prepared.checkLocally(filled);
                table.verdict(node, promised, known);
            }
            return known;
        }

        private static boolean rejects(PreparedFilters.Outcome outcome) {
            return outcome.verdict() instanceof Verdict.Rejected;
        }
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

    private NodeInfo best(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        if (feasible.size() == 1) {
            return feasible.getFirst();
        }
        long[] totals = localScores(pod, snapshot, feasible);
        for (PluginCatalog.Weighted scorer : scorers) {
            if (!(scorer.plugin() instanceof LocalScorePlugin)) {
                long[] scores = scorer.plugin().score(pod, snapshot, feasible);
                for (int i = 0; i < scores.length; i++) {
                    totals[i] += scores[i] * scorer.weight();
                }
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

    private long[] localScores(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        Memory.Table table = memory.of(pod, snapshot);
        long[] totals = new long[feasible.size()];
        for (int i = 0; i < totals.length; i++) {
            NodeInfo node = feasible.get(i);
            if (!table.isScored(node)) {
                table.score(node, localScore(pod, node));
            }
            totals[i] = table.score(node);
        }
        return totals;
    }

    private long localScore(PodInfo pod, NodeInfo node) {
        long sum = 0;
        for (PluginCatalog.Weighted scorer : scorers) {
            if (scorer.plugin() instanceof LocalScorePlugin plugin) {
                sum += plugin.score(pod, node) * scorer.weight();
            }
        }
        return sum;
    }
}
