package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Pods that were promised a node by preemption and wait for their victims to leave. Thread-safe.
public final class Nominations {
    /// Immutable lists, replaced as a whole: whoever holds the same list sees the same promises.
    private final Map<String, List<PodInfo>> byNode = new ConcurrentHashMap<>();

    private final Map<String, String> nodeOf = new HashMap<>();

    public synchronized void nominate(PodInfo pod, String node) {
        remove(pod);
        nodeOf.put(pod.uid(), node);
        List<PodInfo> more = new ArrayList<>(on(node));
        more.add(pod);
        byNode.put(node, List.copyOf(more));
    }

    public synchronized void remove(PodInfo pod) {
        String node = nodeOf.remove(pod.uid());
        if (node == null) {
            return;
        }
        List<PodInfo> fewer =
                on(node).stream().filter(other -> !other.equals(pod)).toList();
        if (fewer.isEmpty()) {
            byNode.remove(node);
        } else {
            byNode.put(node, fewer);
        }
    }

    /// Where the pod was promised room.
    public synchronized Optional<String> nodeOf(PodInfo pod) {
        return Optional.ofNullable(nodeOf.get(pod.uid()));
    }

    /// The pods that were promised this node: the same list as long as nothing changes.
    List<PodInfo> on(String node) {
        return byNode.isEmpty() ? List.of() : byNode.getOrDefault(node, List.of());
    }

    /// The nominated pods on a node with a lower priority than the pod: their promise is void once it takes
    /// the room.
    public List<PodInfo> lower(String node, PodInfo pod) {
        return on(node).stream()
                .filter(other -> other.priority() < pod.priority())
                .toList();
    }

    /// The node with the nominated pods on it that this pod must give way to; the node itself when there are
    /// none.
    public NodeInfo withNominated(NodeInfo node, PodInfo pod) {
        NodeInfo filled = node;
        for (PodInfo other : on(node.name())) {
            if (other.priority() >= pod.priority() && !other.equals(pod)) {
                filled = filled.with(other);
            }
        }
        return filled;
    }
}
