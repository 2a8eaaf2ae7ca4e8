package io.gantry.scheduler.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All nodes with their pods at one moment. Immutable, safe to read from any thread.
public final class Snapshot {
    private final List<NodeInfo> nodes;
    private final Map<String, Integer> indexByName;

    private Snapshot(List<NodeInfo> nodes, Map<String, Integer> indexByName) {
        this.nodes = nodes;
        this.indexByName = indexByName;
    }

    /// The nodes in the order of the list.
    public static Snapshot of(List<NodeInfo> nodes) {
        Map<String, Integer> index = new HashMap<>();
        for (NodeInfo node : nodes) {
            index.put(node.name(), index.size());
        }
        return new Snapshot(List.copyOf(nodes), index);
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

    /// The same with one node in another state.
    ///
    /// @throws IllegalArgumentException when there is no node of that name
    public Snapshot with(NodeInfo changed) {
        Integer at = indexByName.get(changed.name());
        if (at == null) {
            throw new IllegalArgumentException("no node " + changed.name());
        }
        NodeInfo[] copy = nodes.toArray(NodeInfo[]::new);
        copy[at] = changed;
        return new Snapshot(List.of(copy), indexByName);
    }

    /// The same nodes, by name, in newer states: cheaper than [#of] when no node came or went.
    Snapshot withAll(Map<String, NodeInfo> changed) {
        NodeInfo[] copy = nodes.toArray(NodeInfo[]::new);
        changed.forEach((name, node) -> {
            Integer at = indexByName.get(name);
            if (at != null) {
                copy[at] = node;
            }
        });
        return new Snapshot(List.of(copy), indexByName);
    }
}
