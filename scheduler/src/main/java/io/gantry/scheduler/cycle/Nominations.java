package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pods that were promised a node by preemption and wait for their victims to leave. Thread-safe.
public final class Nominations {
    private final Map<String, Map<String, PodInfo>> byNode = new HashMap<>();
    private final Map<String, String> nodeOf = new HashMap<>();

    public synchronized void nominate(PodInfo pod, String node) {
        remove(pod);
        nodeOf.put(pod.uid(), node);
        byNode.computeIfAbsent(node, name -> new LinkedHashMap<>()).put(pod.uid(), pod);
    }

    public synchronized void remove(PodInfo pod) {
        String node = nodeOf.remove(pod.uid());
        if (node != null) {
            Map<String, PodInfo> pods = byNode.getOrDefault(node, new HashMap<>());
            pods.remove(pod.uid());
            if (pods.isEmpty()) {
                byNode.remove(node);
            }
        }
    }

    /// The node with the nominated pods on it that this pod must give way to; the node itself when there are none.
    public NodeInfo withNominated(NodeInfo node, PodInfo pod) {
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
