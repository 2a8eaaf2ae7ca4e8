package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.TopologySpreadConstraint;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.DomainCounts;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Keeps like pods spread over topology domains: `DoNotSchedule` constraints filter, `ScheduleAnyway`
/// ones score. Pods without constraints get the profile's default ones, which count the pods of their
/// workload.
final class PodTopologySpread implements FilterPlugin, ScorePlugin {
    private static final String REASON = "node(s) didn't match pod topology spread constraints";
    private static final Verdict REJECTED = Verdict.rejected(REASON);
    private static final Verdict NO_LABEL = Verdict.unresolvable(REASON + " (missing required label)");

    private final Workloads workloads;
    private final List<TopologySpreadConstraint> defaults;
    private final boolean systemDefaulted;

    PodTopologySpread(Workloads workloads, PodTopologySpreadArgs args) {
        this.workloads = workloads;
        this.defaults = args.defaults();
        this.systemDefaulted = args.system();
    }

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    private List<SpreadConstraint> constraints(PodInfo pod, String whenUnsatisfiable) {
        if (!pod.pod().spec().topologySpreadConstraints().isEmpty()) {
            return whenUnsatisfiable.equals("DoNotSchedule") ? SpreadConstraint.hard(pod) : SpreadConstraint.soft(pod);
        }
        if (defaults.stream().noneMatch(c -> c.whenUnsatisfiable().equals(whenUnsatisfiable))) {
            return List.of();
        }
        Optional<LabelSelector> workload = workloads.selectorOf(pod.pod());
        return workload.map(selector -> SpreadConstraint.defaults(pod, defaults, selector, whenUnsatisfiable))
                .orElse(List.of());
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<SpreadConstraint> constraints = constraints(pod, "DoNotSchedule");
        if (constraints.isEmpty()) {
            return Preparation.SKIP;
        }
        List<SpreadDomains> domains = constraints.stream()
                .map(constraint -> new SpreadDomains(pod, constraint, constraints, snapshot))
                .toList();
        return Preparation.each(new Preparation.NodeFilter() {
            @Override
            public Verdict check(NodeInfo node) {
                return judge(domains, node, Optional.empty());
            }

            @Override
            public Verdict check(NodeInfo changed, NodeInfo asIs) {
                return judge(domains, asIs, Optional.of(changed));
            }
        });
    }

    private static Verdict judge(List<SpreadDomains> domains, NodeInfo node, Optional<NodeInfo> changed) {
        for (SpreadDomains each : domains) {
            if (!each.holds(node)) {
                return NO_LABEL;
            }
        }
        for (SpreadDomains each : domains) {
            int change = changed.isPresent() ? each.change(changed.get(), node) : 0;
            if (!each.admits(node, change)) {
                return REJECTED;
            }
        }
        return Verdict.FITS;
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        if (feasible.size() < 2) {
            return NO_OPINION;
        }
        List<SpreadConstraint> constraints = constraints(pod, "ScheduleAnyway");
        if (constraints.isEmpty()) {
            return NO_OPINION;
        }
        boolean requireLabels = !pod.pod().spec().topologySpreadConstraints().isEmpty() || !systemDefaulted;
        double[] cost = new double[feasible.size()];
        boolean[] ignored = new boolean[feasible.size()];
        for (int i = 0; requireLabels && i < cost.length; i++) {
            ignored[i] = !SpreadConstraint.hasLabels(constraints, feasible.get(i));
        }
        for (SpreadConstraint constraint : constraints) {
            addCost(pod, constraint, snapshot, feasible, ignored, cost);
        }
        return inverted(cost, ignored);
    }

    private static void addCost(
            PodInfo pod,
            SpreadConstraint constraint,
            Snapshot snapshot,
            List<NodeInfo> feasible,
            boolean[] ignored,
            double[] cost) {
        DomainCounts counts = snapshot.counts(constraint.counted(), constraint.topologyKey());
        boolean hostname = constraint.topologyKey().equals("kubernetes.io/hostname");
        Optional<BitSet> counted = constraint.countedNodes(pod, snapshot);
        Map<String, Integer> sums =
                hostname || counted.isEmpty() ? Map.of() : sums(constraint, counts, counted.get(), snapshot);
        double weight = Math.log((hostname ? considered(ignored) : domains(constraint, feasible, ignored)) + 2.0);
        for (int i = 0; i < cost.length; i++) {
            NodeInfo node = feasible.get(i);
            DomainCounts.Domain domain = counts.domain(node);
            if (ignored[i] || domain == null) {
                continue;
            }
            int pods = hostname
                    ? counts.onNode(node.position())
                    : counted.isEmpty() ? domain.pods() : sums.getOrDefault(domain.value(), 0);
            cost[i] += pods * weight + (constraint.maxSkew() - 1);
        }
    }

    private static Map<String, Integer> sums(
            SpreadConstraint constraint, DomainCounts counts, BitSet counted, Snapshot snapshot) {
        Map<String, Integer> sums = new HashMap<>();
        for (int i = counted.nextSetBit(0); i >= 0; i = counted.nextSetBit(i + 1)) {
            String value = snapshot.nodes().get(i).labels().get(constraint.topologyKey());
            if (value != null) {
                sums.merge(value, counts.onNode(i), Integer::sum);
            }
        }
        return sums;
    }

    private static int considered(boolean[] ignored) {
        int count = 0;
        for (boolean each : ignored) {
            count += each ? 0 : 1;
        }
        return count;
    }

    private static int domains(SpreadConstraint constraint, List<NodeInfo> feasible, boolean[] ignored) {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < ignored.length; i++) {
            String value = feasible.get(i).labels().get(constraint.topologyKey());
            if (!ignored[i] && value != null) {
                values.add(value);
            }
        }
        return values.size();
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
        List<SpreadConstraint> constraints = constraints(pod, "DoNotSchedule");
        return switch (event) {
            case ClusterEvent.NodeAdded added -> SpreadConstraint.hasLabels(constraints, added.node());
            case ClusterEvent.NodeGone gone -> SpreadConstraint.hasLabels(constraints, gone.node());
            case ClusterEvent.NodeChanged changed -> moves(constraints, changed.before(), changed.after());
            case ClusterEvent.PodPlaced placed ->
                placed.before().isEmpty()
                        ? selected(constraints, pod, placed.pod())
                        : recounted(constraints, placed.before().get(), placed.pod());
            case ClusterEvent.PodGone gone -> selected(constraints, pod, gone.pod());
            case ClusterEvent.PodItself itself ->
                (itself.toleratesOthers() && constraints.stream().anyMatch(SpreadConstraint::honorTaints))
                        || recounted(constraints, itself.before(), itself.after());
            case ClusterEvent.StorageEvent _, ClusterEvent.DeviceEvent _, ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    /// Whether the node came to the domains, left them, changed from one to another, or may count otherwise.
    private static boolean moves(List<SpreadConstraint> constraints, Node before, Node after) {
        boolean was = SpreadConstraint.hasLabels(constraints, before);
        boolean is = SpreadConstraint.hasLabels(constraints, after);
        if (was != is) {
            return true;
        }
        Map<String, String> old = before.metadata().labels();
        Map<String, String> now = after.metadata().labels();
        return is
                && (!before.spec().taints().equals(after.spec().taints())
                        || constraints.stream()
                                .anyMatch(c -> !Objects.equals(now.get(c.topologyKey()), old.get(c.topologyKey()))));
    }

    /// A pod that is going away was counted until now.
    private static boolean selected(List<SpreadConstraint> constraints, PodInfo waiting, PodInfo other) {
        return other.namespace().equals(waiting.namespace())
                && constraints.stream()
                        .anyMatch(c -> other.terminating() || c.counted().selects(other));
    }

    private static boolean recounted(List<SpreadConstraint> constraints, PodInfo before, PodInfo now) {
        return constraints.stream()
                .anyMatch(c -> c.counted().selects(before) != c.counted().selects(now));
    }
}
