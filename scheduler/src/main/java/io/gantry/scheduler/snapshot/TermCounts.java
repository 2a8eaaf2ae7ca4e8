package io.gantry.scheduler.snapshot;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Terms that pods in place carry, and in which domains those pods are: what a new pod has to reckon
/// with, without looking at every pod. Owned by the scheduling thread.
public final class TermCounts {
    private final Function<PodInfo, List<AffinityTerm>> termsOf;
    private final Map<AffinityTerm, Map<String, Integer>> byTerm = new LinkedHashMap<>();

    TermCounts(Function<PodInfo, List<AffinityTerm>> termsOf) {
        this.termsOf = termsOf;
    }

    /// A pod came to a node (+1) or left it (-1).
    void add(PodInfo pod, NodeInfo node, int sign) {
        for (AffinityTerm term : termsOf.apply(pod)) {
            String value = node.labels().get(term.topologyKey());
            if (value == null) {
                continue;
            }
            Map<String, Integer> domains = byTerm.computeIfAbsent(term, t -> new HashMap<>());
            if (domains.merge(value, sign, Integer::sum) == 0) {
                domains.remove(value);
                if (domains.isEmpty()) {
                    byTerm.remove(term);
                }
            }
        }
    }

    /// The distinct terms, each with the number of carriers in each domain of its topology key.
    public Set<Map.Entry<AffinityTerm, Map<String, Integer>>> terms() {
        return byTerm.entrySet();
    }
}
