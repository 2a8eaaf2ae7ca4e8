package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.snapshot.AffinityTerm;
import io.gantry.scheduler.snapshot.DomainCounts;
import io.gantry.scheduler.snapshot.NamespaceLabels;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodSelection;
import io.gantry.scheduler.snapshot.Snapshot;
import io.gantry.scheduler.snapshot.TermCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Affinity and anti-affinity between pods, of the pod to be placed and of those in place.
final class InterPodAffinity implements FilterPlugin, ScorePlugin {
    private final NamespaceLabels namespaces;
    private final int hardWeight;
    private final boolean ignorePreferredOfOthers;

    InterPodAffinity(NamespaceLabels namespaces, InterPodAffinityArgs args) {
        this.namespaces = namespaces;
        this.hardWeight = args.hardWeight();
        this.ignorePreferredOfOthers = args.ignorePreferredOfOthers();
    }

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<AffinityDomains.Closed> closed = new ArrayList<>();
        for (Map.Entry<AffinityTerm, Map<String, Integer>> entry :
                snapshot.requiredAntiAffinity().terms()) {
            if (entry.getKey().matches(pod, namespaces)) {
                closed.add(new AffinityDomains.Closed(entry.getKey(), entry.getValue()));
            }
        }
        if (closed.isEmpty()
                && pod.requiredAffinity().isEmpty()
                && pod.requiredAntiAffinity().isEmpty()) {
            return Preparation.SKIP;
        }
        PodSelection all = new PodSelection.Meant(pod.requiredAffinity(), namespaces);
        List<DomainCounts> wanted = pod.requiredAffinity().stream()
                .map(term -> snapshot.counts(all, term.topologyKey()))
                .toList();
        List<DomainCounts> repelled = pod.requiredAntiAffinity().stream()
                .map(term -> snapshot.counts(new PodSelection.Meant(List.of(term), namespaces), term.topologyKey()))
                .toList();
        boolean first = wanted.stream().allMatch(counts -> counts.total() == 0) && all.selects(pod);
        return Preparation.each(new AffinityDomains(pod, wanted, repelled, closed, first));
    }

    /// Something that draws a pod to the domains of a topology key, or away.
    private record Pull(String topologyKey, Map<String, Integer> pods, long weight) {}

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        boolean ownTerms = !pod.preferredAffinity().isEmpty()
                || !pod.preferredAntiAffinity().isEmpty();
        List<Pull> pulls = new ArrayList<>();
        if (ownTerms || !ignorePreferredOfOthers) {
            addPulls(snapshot.preferredAffinity(), pod, 1, pulls);
            addPulls(snapshot.preferredAntiAffinity(), pod, -1, pulls);
            if (hardWeight > 0) {
                addPulls(snapshot.requiredAffinity(), pod, 1, pulls);
            }
        }
        List<Own> own = new ArrayList<>();
        addOwn(pod.preferredAffinity(), 1, snapshot, own);
        addOwn(pod.preferredAntiAffinity(), -1, snapshot, own);
        return pulls.isEmpty() && own.isEmpty() ? NO_OPINION : normalized(pulls, own, feasible);
    }

    private record Own(DomainCounts counts, long weight) {}

    private void addOwn(List<AffinityTerm> terms, int sign, Snapshot snapshot, List<Own> own) {
        for (AffinityTerm term : terms) {
            DomainCounts counts =
                    snapshot.counts(new PodSelection.Meant(List.of(term), namespaces), term.topologyKey());
            if (counts.total() > 0) {
                own.add(new Own(counts, (long) sign * term.weight()));
            }
        }
    }

    private void addPulls(TermCounts terms, PodInfo pod, int sign, List<Pull> pulls) {
        for (Map.Entry<AffinityTerm, Map<String, Integer>> entry : terms.terms()) {
            AffinityTerm term = entry.getKey();
            if (term.matches(pod, namespaces)) {
                long weight = term.weight() == 0 ? hardWeight : term.weight();
                pulls.add(new Pull(term.topologyKey(), entry.getValue(), sign * weight));
            }
        }
    }

    private static long[] normalized(List<Pull> pulls, List<Own> own, List<NodeInfo> feasible) {
        long[] scores = new long[feasible.size()];
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < scores.length; i++) {
            NodeInfo node = feasible.get(i);
            for (Pull pull : pulls) {
                String value = node.labels().get(pull.topologyKey);
                Integer pods = value == null ? null : pull.pods.get(value);
                scores[i] += pods == null ? 0 : pods * pull.weight;
            }
            for (Own each : own) {
                scores[i] += each.counts.inDomainOf(node) * each.weight;
            }
            min = Math.min(min, scores[i]);
            max = Math.max(max, scores[i]);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = max == min ? 0 : (long) (MAX_SCORE * ((double) (scores[i] - min) / (max - min)));
        }
        return scores;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded added -> opens(pod, added.node());
            case ClusterEvent.NodeChanged changed -> opens(pod, changed.before(), changed.after());
            case ClusterEvent.PodPlaced placed -> draws(pod, placed);
            case ClusterEvent.PodGone gone ->
                repelled(pod, gone.pod())
                        || gone.pod().requiredAntiAffinity().stream().anyMatch(term -> term.matches(pod, namespaces));
            case ClusterEvent.PodItself itself ->
                !itself.before().labels().equals(itself.after().labels());
            case ClusterEvent.NamespaceChanged _ -> true;
            case ClusterEvent.StorageEvent _, ClusterEvent.DeviceEvent _, ClusterEvent.NodeGone _ -> false;
        };
    }

    /// A new node is a new domain, or makes one larger. Where others keep the pod away it may always be the
    /// way out.
    private static boolean opens(PodInfo pod, Node node) {
        return pod.requiredAffinity().isEmpty()
                || !pod.requiredAntiAffinity().isEmpty()
                || pod.requiredAffinity().stream()
                        .anyMatch(term -> node.metadata().labels().containsKey(term.topologyKey()));
    }

    private static boolean opens(PodInfo pod, Node before, Node after) {
        if (pod.requiredAffinity().isEmpty() && pod.requiredAntiAffinity().isEmpty()) {
            return !before.metadata().labels().equals(after.metadata().labels());
        }
        return pod.requiredAffinity().stream().anyMatch(term -> moves(term, before, after))
                || pod.requiredAntiAffinity().stream().anyMatch(term -> moves(term, after, before));
    }

    /// Whether the one has a domain of the term that the other had not.
    private static boolean moves(AffinityTerm term, Node before, Node after) {
        String now = after.metadata().labels().get(term.topologyKey());
        return now != null && !now.equals(before.metadata().labels().get(term.topologyKey()));
    }

    private boolean draws(PodInfo pod, ClusterEvent.PodPlaced placed) {
        boolean wanted = wanted(pod, placed.pod());
        if (placed.before().isEmpty()) {
            return wanted;
        }
        PodInfo before = placed.before().get();
        return (wanted && !wanted(pod, before)) || (repelled(pod, before) && !repelled(pod, placed.pod()));
    }

    /// Only a pod that all terms mean counts for affinity.
    private boolean wanted(PodInfo pod, PodInfo other) {
        return !pod.requiredAffinity().isEmpty()
                && pod.requiredAffinity().stream().allMatch(term -> term.matches(other, namespaces));
    }

    private boolean repelled(PodInfo pod, PodInfo other) {
        return pod.requiredAntiAffinity().stream().anyMatch(term -> term.matches(other, namespaces));
    }
}
