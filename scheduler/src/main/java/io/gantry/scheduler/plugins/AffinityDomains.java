package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.AffinityTerm;
import io.gantry.scheduler.snapshot.DomainCounts;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.List;
import java.util.Map;

/// Whether a node's domains suit one pod's required terms, and those of the pods in place.
///
/// @param wanted for each affinity term of the pod: the pods that all of its affinity terms mean
/// @param repelled for each anti-affinity term of the pod: the pods it means
/// @param closed anti-affinity terms of pods in place that mean the pod
/// @param first whether the pod is the first of a group that wants to be with its own kind
record AffinityDomains(
        PodInfo pod, List<DomainCounts> wanted, List<DomainCounts> repelled, List<Closed> closed, boolean first)
        implements Preparation.NodeFilter {
    private static final Verdict NO_AFFINITY = Verdict.unresolvable("node(s) didn't match pod affinity rules");
    private static final Verdict REPELLED = Verdict.rejected("node(s) didn't match pod anti-affinity rules");
    private static final Verdict CLOSED = Verdict.rejected("node(s) didn't satisfy existing pods anti-affinity rules");

    /// A term of pods in place, with how many carry it in each domain.
    record Closed(AffinityTerm term, Map<String, Integer> carriers) {}

    @Override
    public Verdict check(NodeInfo node) {
        return judge(node, node, false);
    }

    @Override
    public Verdict check(NodeInfo changed, NodeInfo asIs) {
        return judge(changed, asIs, true);
    }

    private Verdict judge(NodeInfo changed, NodeInfo asIs, boolean differs) {
        for (DomainCounts counts : wanted) {
            DomainCounts.Domain domain = counts.domain(asIs);
            if (domain == null || (!first && domain.pods() + change(counts, changed, asIs, differs) <= 0)) {
                return NO_AFFINITY;
            }
        }
        for (DomainCounts counts : repelled) {
            if (counts.inDomainOf(asIs) + change(counts, changed, asIs, differs) > 0) {
                return REPELLED;
            }
        }
        for (Closed each : closed) {
            String value = asIs.labels().get(each.term.topologyKey());
            if (value != null
                    && each.carriers.getOrDefault(value, 0)
                                    + (differs ? carriers(each.term, changed) - carriers(each.term, asIs) : 0)
                            > 0) {
                return CLOSED;
            }
        }
        return differs && newlyClosed(changed, asIs) ? CLOSED : Verdict.FITS;
    }

    private static int change(DomainCounts counts, NodeInfo changed, NodeInfo asIs, boolean differs) {
        return differs && counts.domain(asIs) != null ? counts.matching(changed) - counts.matching(asIs) : 0;
    }

    private static int carriers(AffinityTerm term, NodeInfo node) {
        int count = 0;
        for (PodInfo other : node.pods()) {
            for (AffinityTerm own : other.requiredAntiAffinity()) {
                count += own.equals(term) ? 1 : 0;
            }
        }
        return count;
    }

    /// Whether a pod that would come to the node with terms nobody else carries keeps the pod away. Only
    /// terms without a namespace selector are seen: such a pod was nominated moments ago and is looked
    /// at again when it is placed.
    private boolean newlyClosed(NodeInfo changed, NodeInfo asIs) {
        for (PodInfo other : changed.pods()) {
            if (!other.requiredAntiAffinity().isEmpty() && !asIs.pods().contains(other)) {
                for (AffinityTerm term : other.requiredAntiAffinity()) {
                    boolean labelled = asIs.labels().containsKey(term.topologyKey());
                    if (labelled && term.matches(pod, namespace -> Map.of())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
