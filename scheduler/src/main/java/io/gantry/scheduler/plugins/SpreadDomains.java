package io.gantry.scheduler.plugins;

import io.gantry.scheduler.snapshot.DomainCounts;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The domains of one `DoNotSchedule` constraint with their counts, as one pod sees them. Straight from
/// the snapshot's counts where all nodes count; else summed over the nodes that do.
final class SpreadDomains {
    private final SpreadConstraint constraint;
    private final DomainCounts counts;
    private final boolean everywhere;
    private final Map<String, Integer> summed;
    private final Optional<BitSet> countedNodes;
    private final int self;
    private final int least;
    private final int second;
    private final int leastDomains;
    private final int size;

    SpreadDomains(PodInfo pod, SpreadConstraint constraint, List<SpreadConstraint> all, Snapshot snapshot) {
        this.constraint = constraint;
        this.counts = snapshot.counts(constraint.counted(), constraint.topologyKey());
        this.self = constraint.counted().selects(pod) ? 1 : 0;
        this.countedNodes = constraint.countedNodes(pod, snapshot);
        this.everywhere = countedNodes.isEmpty() && all.stream().allMatch(c -> snapshot.allHaveLabel(c.topologyKey()));
        this.summed = everywhere ? Map.of() : sum(all, snapshot);
        int first = Integer.MAX_VALUE;
        int next = Integer.MAX_VALUE;
        int holders = 0;
        int domains = 0;
        for (int count : everywhere ? counts.podsByDomain() : values(summed)) {
            domains++;
            if (count < first) {
                next = first;
                first = count;
                holders = 1;
            } else if (count == first) {
                holders++;
            } else if (count < next) {
                next = count;
            }
        }
        this.least = first;
        this.second = next;
        this.leastDomains = holders;
        this.size = domains;
    }

    private Map<String, Integer> sum(List<SpreadConstraint> all, Snapshot snapshot) {
        Map<String, Integer> domains = new HashMap<>();
        for (int i = 0; i < snapshot.size(); i++) {
            NodeInfo node = snapshot.nodes().get(i);
            if ((countedNodes.isEmpty() || countedNodes.get().get(i)) && SpreadConstraint.hasLabels(all, node)) {
                domains.merge(node.labels().getOrDefault(constraint.topologyKey(), ""), counts.onNode(i), Integer::sum);
            }
        }
        return domains;
    }

    private static int[] values(Map<String, Integer> sums) {
        return sums.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /// Whether the node is in one of the domains.
    boolean holds(NodeInfo node) {
        return counts.domain(node) != null;
    }

    /// Whether the skew stays in bounds with the pod on the node.
    ///
    /// @param change how many selected pods more (or fewer) the node would have than it has
    boolean admits(NodeInfo node, int change) {
        DomainCounts.Domain domain = counts.domain(node);
        int there = domain == null ? 0 : everywhere ? domain.pods() : summed.getOrDefault(domain.value(), 0);
        int counted =
                change == 0 || countedNodes.isEmpty() || countedNodes.get().get(node.position()) ? change : 0;
        int now = there + counted;
        return now + self - minimum(there, now) <= constraint.maxSkew();
    }

    int change(NodeInfo changed, NodeInfo asIs) {
        return counts.matching(changed) - counts.matching(asIs);
    }

    private int minimum(int there, int now) {
        if (size < constraint.minDomains()) {
            return 0;
        }
        if (size == 0) {
            return 0;
        }
        int ofOthers = there == least && leastDomains == 1 ? second : least;
        return Math.min(ofOthers, now);
    }
}
