package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Pods that were promised a node by preemption and wait for their victims to leave. Thread-safe.
public final class Nominations {
    /// How many changes are remembered one by one.
    private static final int MAX_CHANGES = 4096;

    /// Immutable lists, replaced as a whole: whoever holds the same list sees the same promises.
    private final Map<String, List<PodInfo>> byNode = new ConcurrentHashMap<>();

    private final Map<String, String> nodeOf = new HashMap<>();
    private final String[] changes = new String[MAX_CHANGES];
    private long changed;

    public synchronized void nominate(PodInfo pod, String node) {
        remove(pod);
        nodeOf.put(pod.uid(), node);
        List<PodInfo> more = new ArrayList<>(on(node));
        more.add(pod);
        byNode.put(node, List.copyOf(more));
        note(node);
    }

    private void note(String node) {
        changes[(int) (changed++ % MAX_CHANGES)] = node;
    }

    /// How many changes there have been.
    synchronized long changed() {
        return changed;
    }

    /// Tells the nodes whose promises changed after the first `seen` changes and up to the change `until`.
    ///
    /// @return false when they are no longer known
    synchronized boolean changesSince(long seen, long until, Consumer<String> each) {
        if (changed - seen > MAX_CHANGES) {
            return false;
        }
        for (long i = seen; i < until; i++) {
            each.accept(changes[(int) (i % MAX_CHANGES)]);
        }
        return true;
    }

    /// All promises, by node.
    public Map<String, List<PodInfo>> all() {
        return new TreeMap<>(byNode);
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
        note(node);
    }

    /// Where the pod was promised room.
    public synchronized Optional<String> nodeOf(PodInfo pod) {
        return Optional.ofNullable(nodeOf.get(pod.uid()));
    }

    /// Whether there are promises.
    boolean any() {
        return !byNode.isEmpty();
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

    /// The node with the nominated pods on it that this pod must give way to; the node itself when
    /// there are none.
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
