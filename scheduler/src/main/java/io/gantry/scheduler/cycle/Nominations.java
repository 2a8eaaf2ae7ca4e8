package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pods that were promised a node by preemption and wait for their victims to leave. Thread-safe.
public final class Nominations {
    private final Map<String, Map<String, PodInfo>> byNode = new HashMap<>();
    private final Map<String, String> nodeOf = new HashMap<>();
    private volatile boolean any;

    public synchronized void nominate(PodInfo pod, String node) {
        remove(pod);
        nodeOf.put(pod.uid(), node);
        byNode.computeIfAbsent(node, name -> new LinkedHashMap<>()).put(pod.uid(), pod);
        any = true;
    }

    public synchronized void remove(PodInfo pod) {
        String node = nodeOf.remove(pod.uid());
        if (node != null) {
            Map<String, PodInfo> pods = byNode.getOrDefault(node, new HashMap<>());
            pods.remove(pod.uid());
            if (pods.isEmpty()) {
                byNode.remove(node);
            }
            any = !byNode.isEmpty();
        }
    }

    /// Where the pod was promised room.
    public synchronized Optional<String> nodeOf(PodInfo pod) {
        return Optional.ofNullable(nodeOf.get(pod.uid()));
    }

    /// The nominated pods on a node with a lower priority than the pod: their promise is void once it
    /// takes the room.
    public List<PodInfo> lower(String node, PodInfo pod) {
        return nominatedOn(node).stream()
                .filter(other -> other.priority() < pod.priority())
                .toList();
    }

    /// The node with the nominated pods on it that this pod must give way to; the node itself when there
    /// are none.
    public NodeInfo withNominated(NodeInfo node, PodInfo pod) {
        if (!any) {
            return node;
        }
        NodeInfo filled = node;
        for (PodInfo other : nominatedOn(node.name())) {
            if (other.priority() >= pod.priority() && !other.equals(pod)) {
                filled = filled.with(other);
            }
        }
        return filled;
    }

    private synchronized List<PodInfo> nominatedOn(String node) {
        Map<String, PodInfo> pods = byNode.get(node);
        return pods == null ? List.of() : List.copyOf(pods.values());
    }
}
