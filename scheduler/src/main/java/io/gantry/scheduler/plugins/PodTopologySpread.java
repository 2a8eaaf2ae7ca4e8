package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps like pods spread over topology domains: `DoNotSchedule` constraints filter, `ScheduleAnyway` ones
/// score. Pods
/// without constraints get the default ones for scoring (host and zone).
final class PodTopologySpread implements FilterPlugin, ScorePlugin {
    private static final String REASON = "node(s) didn't match pod topology spread constraints";
    private static final String NO_LABEL = REASON + " (missing required label)";

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<SpreadConstraint> constraints = SpreadConstraint.hard(pod);
        if (constraints.isEmpty()) {
            return Preparation.SKIP;
        }
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (SpreadConstraint constraint : constraints) {
            counts.add(domains(pod, constraint, constraints, snapshot));
        }
        return Preparation.each(node -> check(pod, constraints, counts, node));
    }

    private static Verdict check(
            PodInfo pod, List<SpreadConstraint> constraints, List<Map<String, Integer>> counts, NodeInfo node) {
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            String domain = node.labels().get(constraint.topologyKey());
            if (domain == null) {
                return Verdict.unresolvable(NO_LABEL);
            }
            Map<String, Integer> domains = counts.get(i);
            int self = constraint.selects(pod) ? 1 : 0;
            int skew = domains.getOrDefault(domain, 0) + self - minimum(domains, constraint);
            if (skew > constraint.maxSkew()) {
                return Verdict.rejected(REASON);
            }
        }
        return Verdict.FITS;
    }

    private static int minimum(Map<String, Integer> domains, SpreadConstraint constraint) {
        if (domains.size() < constraint.minDomains()) {
            return 0;
        }
        int least = Integer.MAX_VALUE;
        for (int count : domains.values()) {
            least = Math.min(least, count);
        }
        return domains.isEmpty() ? 0 : least;
    }

    /// Matching pods for each domain that has an eligible node.
    private static Map<String, Integer> domains(
            PodInfo pod, SpreadConstraint constraint, List<SpreadConstraint> all, Snapshot snapshot) {
        Map<String, Integer> domains = new HashMap<>();
        for (NodeInfo node : snapshot.nodes()) {
            if (constraint.countsNode(pod, node) && SpreadConstraint.hasLabels(all, node)) {
                domains.merge(
                        node.labels().getOrDefault(constraint.topologyKey(), ""),
                        constraint.matching(pod, node),
                        Integer::sum);
            }
        }
        return domains;
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        List<SpreadConstraint> constraints = SpreadConstraint.soft(pod);
        if (constraints.isEmpty() || feasible.size() < 2) {
            return new long[0];
        }
        boolean requireLabels = !pod.pod().spec().topologySpreadConstraints().isEmpty();
        double[] cost = new double[feasible.size()];
        boolean[] ignored = new boolean[feasible.size()];
        for (int i = 0; i < cost.length; i++) {
            ignored[i] = requireLabels && !SpreadConstraint.hasLabels(constraints, feasible.get(i));
        }
        for (SpreadConstraint constraint : constraints) {
            addCost(pod, constraint, snapshot, feasible, cost);
        }
        return inverted(cost, ignored);
    }

    private static void addCost(
            PodInfo pod, SpreadConstraint constraint, Snapshot snapshot, List<NodeInfo> feasible, double[] cost) {
        Set<String> values = new HashSet<>();
        feasible.forEach(node -> {
            String value = node.labels().get(constraint.topologyKey());
            if (value != null) {
                values.add(value);
            }
        });
        Map<String, Integer> counts = new HashMap<>();
        for (NodeInfo node : snapshot.nodes()) {
            String value = node.labels().get(constraint.topologyKey());
            if (value != null && values.contains(value) && constraint.countsNode(pod, node)) {
                counts.merge(value, constraint.matching(pod, node), Integer::sum);
            }
        }
        double weight = Math.log(values.size() + 2.0);
        for (int i = 0; i < cost.length; i++) {
            String value = feasible.get(i).labels().get(constraint.topologyKey());
            if (value != null) {
                cost[i] += counts.getOrDefault(value, 0) * weight + (constraint.maxSkew() - 1);
            }
        }
    }

    private static long[] inverted(double[] cost, boolean[] ignored) {
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int i = 0; i < cost.length; i++) {
            if (!ignored[i]) {
                min = Math.min(min, Math.round(cost[i]));
                max = Math.max(max, Math.round(cost[i]));
            }
        }
        long[] scores = new long[cost.length];
        for (int i = 0; i < cost.length; i++) {
            if (!ignored[i]) {
                scores[i] = max == 0 ? MAX_SCORE : MAX_SCORE * (max + min - Math.round(cost[i])) / max;
            }
        }
        return scores;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.NodeChanged changed ->
                !changed.before()
                                .metadata()
                                .labels()
                                .equals(changed.after().metadata().labels())
                        || !changed.before()
                                .spec()
                                .taints()
                                .equals(changed.after().spec().taints());
            case ClusterEvent.PodPlaced placed -> selected(pod, placed.pod());
            case ClusterEvent.PodGone gone -> selected(pod, gone.pod());
            case ClusterEvent.PodItself _ -> true;
            case ClusterEvent.VolumesChanged _, ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean selected(PodInfo waiting, PodInfo other) {
        return other.namespace().equals(waiting.namespace())
                && SpreadConstraint.hard(waiting).stream().anyMatch(c -> c.selects(other));
    }
}
