package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.AffinityTerm;
import io.gantry.scheduler.snapshot.NamespaceLabels;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Affinity and anti-affinity between pods, of the pod to be placed and (anti-affinity) of those in place.
final class InterPodAffinity implements FilterPlugin, ScorePlugin {
    /// How much a required affinity term of a pod in place counts for attracting pods it matches.
    private static final int HARD_AFFINITY_WEIGHT = 1;

    private final NamespaceLabels namespaces;

    InterPodAffinity(NamespaceLabels namespaces) {
        this.namespaces = namespaces;
    }

    /// A topology domain: a node label and its value.
    private record Domain(String key, String value) {}

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        Set<Domain> closed = new HashSet<>();
        Set<Domain> repelled = new HashSet<>();
        List<Set<Domain>> wanted = new ArrayList<>();
        pod.requiredAffinity().forEach(term -> wanted.add(new HashSet<>()));
        boolean looksAround = !wanted.isEmpty() || !pod.requiredAntiAffinity().isEmpty();
        for (NodeInfo node : snapshot.nodes()) {
            for (PodInfo other : node.pods()) {
                addDomains(other.requiredAntiAffinity(), pod, node, closed);
                if (looksAround) {
                    collect(pod, other, node, wanted, repelled);
                }
            }
        }
        if (!looksAround && closed.isEmpty()) {
            return Preparation.SKIP;
        }
        boolean first = wanted.stream().allMatch(Set::isEmpty) && matchesItself(pod);
        return Preparation.each(node -> check(pod, node, first ? List.of() : wanted, repelled, closed));
    }

    private void collect(PodInfo pod, PodInfo other, NodeInfo node, List<Set<Domain>> wanted, Set<Domain> repelled) {
        List<AffinityTerm> terms = pod.requiredAffinity();
        if (!terms.isEmpty() && terms.stream().allMatch(term -> term.matches(other, namespaces))) {
            for (int i = 0; i < terms.size(); i++) {
                addDomain(terms.get(i), node, wanted.get(i));
            }
        }
        addDomains(pod.requiredAntiAffinity(), other, node, repelled);
    }

    private void addDomains(List<AffinityTerm> terms, PodInfo matched, NodeInfo node, Set<Domain> domains) {
        for (AffinityTerm term : terms) {
            if (term.matches(matched, namespaces)) {
                addDomain(term, node, domains);
            }
        }
    }

    private static void addDomain(AffinityTerm term, NodeInfo node, Set<Domain> domains) {
        String value = node.labels().get(term.topologyKey());
        if (value != null) {
            domains.add(new Domain(term.topologyKey(), value));
        }
    }

    /// The first pod of a group that wants to be with its own kind may go anywhere with the topology labels.
    private boolean matchesItself(PodInfo pod) {
        return pod.requiredAffinity().stream().allMatch(term -> term.matches(pod, namespaces));
    }

    private static Verdict check(
            PodInfo pod, NodeInfo node, List<Set<Domain>> wanted, Set<Domain> repelled, Set<Domain> closed) {
        List<AffinityTerm> terms = pod.requiredAffinity();
        for (int i = 0; i < terms.size(); i++) {
            String value = node.labels().get(terms.get(i).topologyKey());
            boolean there = value != null
                    && (wanted.isEmpty()
                            || wanted.get(i).contains(new Domain(terms.get(i).topologyKey(), value)));
            if (!there) {
                return Verdict.unresolvable("node(s) didn't match pod affinity rules");
            }
        }
        for (AffinityTerm term : pod.requiredAntiAffinity()) {
            String value = node.labels().get(term.topologyKey());
            if (value != null && repelled.contains(new Domain(term.topologyKey(), value))) {
                return Verdict.rejected("node(s) didn't match pod anti-affinity rules");
            }
        }
        for (Domain domain : closed) {
            if (domain.value().equals(node.labels().get(domain.key()))) {
                return Verdict.rejected("node(s) didn't satisfy existing pods anti-affinity rules");
            }
        }
        return Verdict.FITS;
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        Map<Domain, Long> weights = new HashMap<>();
        for (NodeInfo node : snapshot.nodes()) {
            for (PodInfo other : node.pods()) {
                weigh(pod.preferredAffinity(), other, node, 1, weights);
                weigh(pod.preferredAntiAffinity(), other, node, -1, weights);
                if (other.hasPodAffinity()) {
                    weigh(other.preferredAffinity(), pod, node, 1, weights);
                    weigh(other.preferredAntiAffinity(), pod, node, -1, weights);
                    weigh(other.requiredAffinity(), pod, node, 1, weights);
                }
            }
        }
        return weights.isEmpty() ? new long[0] : normalized(weights, feasible);
    }

    private void weigh(List<AffinityTerm> terms, PodInfo matched, NodeInfo node, int sign, Map<Domain, Long> weights) {
        for (AffinityTerm term : terms) {
            String value = node.labels().get(term.topologyKey());
            if (value != null && term.matches(matched, namespaces)) {
                long weight = term.weight() == 0 ? HARD_AFFINITY_WEIGHT : term.weight();
                weights.merge(new Domain(term.topologyKey(), value), sign * weight, Long::sum);
            }
        }
    }

    private static long[] normalized(Map<Domain, Long> weights, List<NodeInfo> feasible) {
        long[] scores = new long[feasible.size()];
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < scores.length; i++) {
            for (Map.Entry<Domain, Long> entry : weights.entrySet()) {
                Domain domain = entry.getKey();
                if (domain.value().equals(feasible.get(i).labels().get(domain.key()))) {
                    scores[i] += entry.getValue();
                }
            }
            min = Math.min(min, scores[i]);
            max = Math.max(max, scores[i]);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = max == min ? 0 : MAX_SCORE * (scores[i] - min) / (max - min);
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
                        .equals(changed.after().metadata().labels());
            case ClusterEvent.PodPlaced placed ->
                pod.requiredAffinity().stream().anyMatch(term -> term.matches(placed.pod(), namespaces))
                        || placed.before().isPresent();
            case ClusterEvent.PodGone gone ->
                pod.requiredAntiAffinity().stream().anyMatch(term -> term.matches(gone.pod(), namespaces))
                        || gone.pod().requiredAntiAffinity().stream().anyMatch(term -> term.matches(pod, namespaces));
            case ClusterEvent.PodItself _, ClusterEvent.NamespaceChanged _ -> true;
            case ClusterEvent.VolumesChanged _ -> false;
        };
    }
}
