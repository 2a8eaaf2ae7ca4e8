package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.PreferredSchedulingTerm;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Scores;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.NodeSelectors;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `spec.nodeSelector` and node affinity, required and preferred.
final class NodeAffinityPlugin implements FilterPlugin, ScorePlugin {
    private static final Verdict REJECTED = Verdict.unresolvable("node(s) didn't match Pod's node affinity/selector");
    private static final Verdict ENFORCED =
            Verdict.unresolvable("node(s) didn't match scheduler-enforced node affinity");

    private final Optional<NodeSelector> enforced;
    private final List<PreferredSchedulingTerm> alwaysPreferred;

    NodeAffinityPlugin(NodeAffinityArgs args) {
        this.enforced = args.added().map(NodeAffinity::requiredDuringSchedulingIgnoredDuringExecution);
        this.alwaysPreferred = args.added()
                .map(NodeAffinity::preferredDuringSchedulingIgnoredDuringExecution)
                .orElse(List.of());
    }

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        NodeSelector required = NodeSelectors.required(pod.pod());
        if (required == null && pod.pod().spec().nodeSelector().isEmpty() && enforced.isEmpty()) {
            return Preparation.SKIP;
        }
        BitSet admitted = NodeSelectors.admitted(pod.pod(), snapshot);
        Preparation.NodeFilter filter = node -> {
            if (enforced.isPresent() && !NodeRequirements.matches(enforced.get(), node.node())) {
                return ENFORCED;
            }
            return admitted.get(node.position()) ? Verdict.FITS : REJECTED;
        };
        Optional<Set<String>> named = required == null ? Optional.empty() : NodeSelectors.namedNodes(required);
        return named.<Preparation>map(names -> new Preparation.OnlyNodes(names, filter))
                .orElseGet(() -> Preparation.each(filter));
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        NodeAffinity affinity = NodeSelectors.nodeAffinity(pod.pod());
        List<PreferredSchedulingTerm> preferred = new ArrayList<>(alwaysPreferred);
        if (affinity != null) {
            preferred.addAll(affinity.preferredDuringSchedulingIgnoredDuringExecution());
        }
        if (preferred.isEmpty()) {
            return new long[0];
        }
        long[] weights = new long[feasible.size()];
        for (int i = 0; i < weights.length; i++) {
            Node node = feasible.get(i).node();
            for (PreferredSchedulingTerm term : preferred) {
                if (NodeRequirements.matches(term.preference(), node)) {
                    weights[i] += term.weight();
                }
            }
        }
        return Scores.normalize(weights, false);
    }

    private boolean admits(PodInfo pod, Node node) {
        return (enforced.isEmpty() || NodeRequirements.matches(enforced.get(), node))
                && NodeRequirements.hold(pod.pod().spec(), node);
    }

    /// What a pod asks of a node's labels can only be changed while it has scheduling gates, before it is tried.
    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded added -> admits(pod, added.node());
            case ClusterEvent.NodeChanged changed -> !admits(pod, changed.before()) && admits(pod, changed.after());
            case ClusterEvent.PodItself _,
                    ClusterEvent.PodPlaced _,
                    ClusterEvent.PodGone _,
                    ClusterEvent.StorageEvent _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }
}
