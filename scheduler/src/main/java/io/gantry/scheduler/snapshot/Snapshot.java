package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeSpec;
import io.gantry.api.core.v1.node.Taint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All nodes with their pods as one scheduling cycle sees them, and counts of pods by topology that are
/// kept up to date from one cycle to the next. Owned by the scheduling thread: [ClusterCache#snapshot]
/// changes it in place.
public final class Snapshot {
    /// How many counts and node sets are kept; the least recently used go.
    private static final int MAX_COUNTS = 256;

    private static final int MAX_NODE_SETS = 64;

    /// How many changes of nodes are remembered one by one.
    private static final int MAX_CHANGES = 4096;

    private final List<NodeInfo> nodes;
    private final Map<String, Integer> indexByName = new HashMap<>();
    private final Map<CountsKey, DomainCounts> counts = new LeastRecentlyUsed<>(MAX_COUNTS);
    private final Map<Object, NodeSet> nodeSets = new LeastRecentlyUsed<>(MAX_NODE_SETS);
    private final TermCounts requiredAntiAffinity = new TermCounts(PodInfo::requiredAntiAffinity);
    private final TermCounts requiredAffinity = new TermCounts(PodInfo::requiredAffinity);
    private final TermCounts preferredAffinity = new TermCounts(PodInfo::preferredAffinity);
    private final TermCounts preferredAntiAffinity = new TermCounts(PodInfo::preferredAntiAffinity);
    private final Map<String, Integer> imageHolders = new HashMap<>();
    private final Map<String, Integer> labelHolders = new HashMap<>();
    private final int[] changes = new int[MAX_CHANGES];
    private long changed;
    private int tainted;
    private int softlyTainted;
    private int unschedulable;

    private record CountsKey(PodSelection selection, String topologyKey) {}

    /// The positions of the nodes that meet a condition.
    private record NodeSet(Predicate<Node> condition, BitSet positions) {
        void ask(NodeInfo node) {
            positions.set(node.position(), condition.test(node.node()));
        }
    }

    private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
        private static final float LOAD = 0.75f;
        private final int limit;

        LeastRecentlyUsed(int limit) {
            super(limit, LOAD, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }

    private Snapshot(List<NodeInfo> nodes) {
        this.nodes = nodes;
        for (int i = 0; i < nodes.size(); i++) {
            NodeInfo node = nodes.get(i);
            node.setPosition(i);
            indexByName.put(node.name(), i);
            countNode(node, 1);
            node.pods().forEach(pod -> countTerms(pod, node, 1));
        }
    }

    /// The nodes in the order of the list.
    public static Snapshot of(List<NodeInfo> nodes) {
        return new Snapshot(new ArrayList<>(nodes));
    }

    /// The nodes zone by zone in turn, so that a part of the list is spread over zones (upstream
    /// `nodeTree`).
    static Snapshot interleaved(Iterable<NodeInfo> nodes) {
        Map<String, List<NodeInfo>> zones = new TreeMap<>();
        int size = 0;
        for (NodeInfo node : nodes) {
            zones.computeIfAbsent(zone(node), z -> new ArrayList<>()).add(node);
            size++;
        }
        List<NodeInfo> ordered = new ArrayList<>(size);
        for (int i = 0; ordered.size() < size; i++) {
            for (List<NodeInfo> zone : zones.values()) {
                if (i < zone.size()) {
                    ordered.add(zone.get(i));
                }
            }
        }
        return new Snapshot(ordered);
    }

    private static String zone(NodeInfo node) {
        Map<String, String> labels = node.labels();
        return labels.getOrDefault("topology.kubernetes.io/region", "") + ":"
                + labels.getOrDefault("topology.kubernetes.io/zone", "");
    }

    public List<NodeInfo> nodes() {
        return nodes;
    }

    public int size() {
        return nodes.size();
    }

    public Optional<NodeInfo> node(String name) {
        return Optional.ofNullable(indexByName.get(name)).map(nodes::get);
    }

    /// Where the node of this name stands; -1 when there is none.
    public int positionOf(String name) {
        return indexByName.getOrDefault(name, -1);
    }

    /// Pods of a selection by domain of a topology key; counted once, then kept up to date.
    public DomainCounts counts(PodSelection selection, String topologyKey) {
        CountsKey key = new CountsKey(selection, topologyKey);
        DomainCounts known = counts.get(key);
        if (known == null) {
            known = new DomainCounts(selection, topologyKey, nodes);
            counts.put(key, known);
        }
        return known;
    }

    /// The positions of the nodes that meet a condition on the Node object alone; remembered under the
    /// question, and kept up to date as nodes change.
    ///
    /// @param question tells conditions apart by its equality
    /// @param condition equal questions have equal conditions
    public BitSet nodesWhere(Object question, Predicate<Node> condition) {
        NodeSet known = nodeSets.get(question);
        if (known == null) {
            known = new NodeSet(condition, new BitSet(nodes.size()));
            nodes.forEach(known::ask);
            nodeSets.put(question, known);
        }
        return known.positions;
    }

    /// Terms of pods in place that keep others away.
    public TermCounts requiredAntiAffinity() {
        return requiredAntiAffinity;
    }

    public TermCounts requiredAffinity() {
        return requiredAffinity;
    }

    public TermCounts preferredAffinity() {
        return preferredAffinity;
    }

    public TermCounts preferredAntiAffinity() {
        return preferredAntiAffinity;
    }

    /// How many nodes hold the image.
    public int holdersOf(String image) {
        return imageHolders.getOrDefault(image, 0);
    }

    /// Whether every node has the label.
    public boolean allHaveLabel(String key) {
        return labelHolders.getOrDefault(key, 0) == nodes.size();
    }

    public boolean anyTaints() {
        return tainted > 0;
    }

    /// Whether a node has a taint that pods merely avoid.
    public boolean anySoftTaints() {
        return softlyTainted > 0;
    }

    public boolean anyUnschedulable() {
        return unschedulable > 0;
    }

    /// A pod came to a node (+1) or left it (-1); the node itself follows by [#set].
    void count(PodInfo pod, NodeInfo node, int sign) {
        countTerms(pod, node, sign);
        for (DomainCounts each : counts.values()) {
            each.add(pod, node, sign);
        }
    }

    private void countTerms(PodInfo pod, NodeInfo node, int sign) {
        if (pod.hasPodAffinity()) {
            requiredAntiAffinity.add(pod, node, sign);
            requiredAffinity.add(pod, node, sign);
            preferredAffinity.add(pod, node, sign);
            preferredAntiAffinity.add(pod, node, sign);
        }
    }

    /// A newer state of a node that is in the list, with the labels that it had.
    @SuppressWarnings("ReferenceEquality")
    void set(NodeInfo node) {
        NodeInfo before = nodes.set(node.position(), node);
        changes[(int) (changed++ % MAX_CHANGES)] = node.position();
        if (before.node() != node.node()) {
            countNode(before, -1);
            countNode(node, 1);
            nodeSets.values().forEach(set -> set.ask(node));
        }
    }

    /// What is counted of the Node object alone.
    private void countNode(NodeInfo node, int sign) {
        node.images().keySet().forEach(image -> imageHolders.merge(image, sign, Snapshot::orNone));
        node.labels().keySet().forEach(label -> labelHolders.merge(label, sign, Snapshot::orNone));
        NodeSpec spec = node.node().spec();
        if (!spec.taints().isEmpty()) {
            tainted += sign;
            softlyTainted += spec.taints().stream().anyMatch(Snapshot::isSoft) ? sign : 0;
        }
        unschedulable += Boolean.TRUE.equals(spec.unschedulable()) ? sign : 0;
    }

    private static boolean isSoft(Taint taint) {
        return taint.effect().equals("PreferNoSchedule");
    }

    /// The sum; nothing in place of zero, so that a map of counts holds only what is there.
    private static @Nullable Integer orNone(Integer count, Integer more) {
        return count + more == 0 ? null : Integer.valueOf(count + more);
    }

    /// How many changes of nodes there have been.
    public long changed() {
        return changed;
    }

    /// Tells the positions of the nodes that changed after the first `seen` changes; one may be told twice.
    ///
    /// @return false when they are no longer known
    public boolean changesSince(long seen, IntConsumer each) {
        if (changed - seen > MAX_CHANGES) {
            return false;
        }
        for (long i = seen; i < changed; i++) {
            each.accept(changes[(int) (i % MAX_CHANGES)]);
        }
        return true;
    }

    /// Labels of namespaces changed: counts that look at them are made anew.
    void forgetNamespaces() {
        counts.values().removeIf(DomainCounts::looksAtNamespaces);
    }
}
