package io.gantry.scheduler.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many pods of a selection are on each node and in each domain of a topology key. Kept up to date
/// by its [Snapshot]; owned by the scheduling thread.
public final class DomainCounts {
    private final PodSelection selection;
    private final int[] byNode;
    private final @Nullable Domain[] domainOf;
    private final Map<String, Domain> domains = new HashMap<>();
    private int total;
    private int everywhere;

    /// One domain: the nodes that share a value of the topology label.
    public static final class Domain {
        private final String value;
        private int pods;

        Domain(String value) {
            this.value = value;
        }

        /// The label's value.
        public String value() {
            return value;
        }

        /// How many of the selected pods are in it.
        public int pods() {
            return pods;
        }
    }

    DomainCounts(PodSelection selection, String topologyKey, List<NodeInfo> nodes) {
        this.selection = selection;
        this.byNode = new int[nodes.size()];
        this.domainOf = new Domain[nodes.size()];
        for (NodeInfo node : nodes) {
            String value = node.labels().get(topologyKey);
            if (value != null) {
                domainOf[node.position()] = domains.computeIfAbsent(value, Domain::new);
            }
            for (PodInfo pod : node.pods()) {
                add(pod, node, 1);
            }
        }
    }

    /// A pod came to a node (+1) or left it (-1).
    void add(PodInfo pod, NodeInfo node, int sign) {
        if (selection.selects(pod)) {
            byNode[node.position()] += sign;
            everywhere += sign;
            Domain domain = domain(node);
            if (domain != null) {
                domain.pods += sign;
                total += sign;
            }
        }
    }

    boolean looksAtNamespaces() {
        return selection.looksAtNamespaces();
    }

    /// The node's domain; null when it has no such label.
    public @Nullable Domain domain(NodeInfo node) {
        return domainOf[node.position()];
    }

    /// Selected pods in the node's domain; 0 when it is in none.
    public int inDomainOf(NodeInfo node) {
        Domain domain = domain(node);
        return domain == null ? 0 : domain.pods;
    }

    /// Selected pods on the node at a position of the snapshot.
    public int onNode(int position) {
        return byNode[position];
    }

    /// Selected pods in all domains.
    public int total() {
        return total;
    }

    /// Selected pods on all nodes, also those without the label.
    public int everywhere() {
        return everywhere;
    }

    /// How many selected pods are in each domain, in any order.
    public int[] podsByDomain() {
        int[] pods = new int[domains.size()];
        int at = 0;
        for (Domain domain : domains.values()) {
            pods[at++] = domain.pods;
        }
        return pods;
    }

    /// How many of the node's pods are selected, where the node is not in the snapshot as it stands.
    public int matching(NodeInfo node) {
        int count = 0;
        for (PodInfo pod : node.pods()) {
            count += selection.selects(pod) ? 1 : 0;
        }
        return count;
    }
}
