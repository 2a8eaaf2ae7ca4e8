package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Finds a node for one pod: filter, score, choose. Does no I/O; given the same snapshots in the same order and the
/// same seed it decides the same.
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
    private int nextStart;

    public SchedulingCycle(PluginCatalog plugins, Nominations nominations, RandomGenerator random) {
        this.filters = plugins.filters();
        this.scorers = plugins.scorers();
        this.nominations = nominations;
        this.random = random;
    }

    /// Decides for one pod.
    public Decision decide(PodInfo pod, Snapshot snapshot) {
        PreparedFilters prepared = PreparedFilters.prepare(filters, pod, snapshot);
        if (snapshot.size() == 0 || prepared.refusal().isPresent()) {
            return refused(snapshot, prepared);
        }
        Map<String, Verdict.Rejected> rejections = new LinkedHashMap<>();
        Set<String> plugins = new LinkedHashSet<>();
        List<NodeInfo> feasible = prepared.onlyNodes().isPresent()
                ? named(pod, prepared, snapshot, rejections, plugins)
                : sampled(pod, prepared, snapshot, rejections, plugins);
        if (feasible.isEmpty()) {
            return new Decision.Unschedulable(new Diagnosis(snapshot.size(), Optional.empty(), rejections, plugins));
        }
        return new Decision.Placed(best(pod, snapshot, feasible).name(), feasible.size());
    }

    private static Decision refused(Snapshot snapshot, PreparedFilters prepared) {
        Optional<PreparedFilters.Refusal> refusal = prepared.refusal();
        Set<String> plugins =
                refusal.map(PreparedFilters.Refusal::plugin).map(Set::of).orElse(Set.of());
        return new Decision.Unschedulable(
                new Diagnosis(snapshot.size(), refusal.map(PreparedFilters.Refusal::reason), Map.of(), plugins));
    }

    /// Of the nodes that plugins named beforehand; the others count as rejected for affinity.
    private List<NodeInfo> named(
            PodInfo pod,
            PreparedFilters prepared,
            Snapshot snapshot,
            Map<String, Verdict.Rejected> rejections,
            Set<String> plugins) {
        Set<String> names = prepared.onlyNodes().orElse(Set.of());
        List<NodeInfo> feasible = new ArrayList<>();
        names.stream().sorted().map(snapshot::node).flatMap(Optional::stream).forEach(node -> {
            if (passes(pod, prepared, node, rejections, plugins)) {
                feasible.add(node);
            }
        });
        if (feasible.isEmpty()) {
            for (NodeInfo node : snapshot.nodes()) {
                if (!names.contains(node.name())) {
                    passes(pod, prepared, node, rejections, plugins);
                }
            }
        }
        return feasible;
    }

    /// Looks at nodes in turn, from where the last cycle stopped, until enough are feasible.
    private List<NodeInfo> sampled(
            PodInfo pod,
            PreparedFilters prepared,
            Snapshot snapshot,
            Map<String, Verdict.Rejected> rejections,
            Set<String> plugins) {
        int size = snapshot.size();
        int enough = enough(size);
        List<NodeInfo> feasible = new ArrayList<>(Math.min(size, enough));
        int looked = 0;
        while (looked < size && feasible.size() < enough) {
            NodeInfo node = snapshot.nodes().get((nextStart + looked) % size);
            looked++;
            if (passes(pod, prepared, node, rejections, plugins)) {
                feasible.add(node);
            }
        }
        nextStart = (nextStart + looked) % size;
        return feasible;
    }

    private boolean passes(
            PodInfo pod,
            PreparedFilters prepared,
            NodeInfo node,
            Map<String, Verdict.Rejected> rejections,
            Set<String> plugins) {
        PreparedFilters.Outcome outcome = prepared.check(node);
        if (outcome.verdict() instanceof Verdict.Fits) {
            NodeInfo filled = nominations.withNominated(node, pod);
            outcome = filled.pods().size() == node.pods().size() ? outcome : prepared.check(filled);
        }
        if (outcome.verdict() instanceof Verdict.Rejected rejected) {
            rejections.put(node.name(), rejected);
            plugins.add(outcome.plugin());
            return false;
        }
        return true;
    }

    /// How many feasible nodes are enough: all of few, an ever smaller part of many (upstream
    /// `numFeasibleNodesToFind`).
    static int enough(int nodes) {
        if (nodes < MIN_FEASIBLE_NODES) {
            return nodes;
        }
        int percentage = Math.max(MIN_PERCENTAGE, 50 - nodes / 125);
        return Math.max(MIN_FEASIBLE_NODES, nodes * percentage / 100);
    }

    private NodeInfo best(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        if (feasible.size() == 1) {
            return feasible.getFirst();
        }
        long[] totals = new long[feasible.size()];
        for (PluginCatalog.Weighted scorer : scorers) {
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
}
