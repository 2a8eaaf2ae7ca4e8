package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.node.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The scheduler's view of nodes and of pods on them: what informers report plus pods that were given a node but
/// whose binding is not yet seen ("assumed"). Thread-safe: one private lock guards all state.
public final class ClusterCache {
    private final Object lock = new Object();
    private final Map<String, NodeInfo> nodes = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Map<String, PodInfo>> waitingForNode = new HashMap<>();
    private final Map<String, NodeInfo> changed = new HashMap<>();
    private boolean membershipChanged = true;
    private Snapshot last = Snapshot.of(List.of());

    private record Place(String node, PodInfo pod, boolean assumed) {}

    /// The present state; cheap when little changed since the last call.
    public Snapshot snapshot() {
        synchronized (lock) {
            if (membershipChanged) {
                last = Snapshot.of(List.copyOf(nodes.values()));
            } else if (!changed.isEmpty()) {
                last = last.withAll(changed);
            }
            membershipChanged = false;
            changed.clear();
            return last;
        }
    }

    public void setNode(Node node) {
        String name = Objects.requireNonNullElse(node.metadata().name(), "");
        synchronized (lock) {
            NodeInfo known = nodes.get(name);
            if (known != null) {
                put(known.withNode(node));
                return;
            }
            NodeInfo fresh = NodeInfo.of(node);
            Map<String, PodInfo> waiting = waitingForNode.remove(name);
            if (waiting != null) {
                for (PodInfo pod : waiting.values()) {
                    fresh = fresh.with(pod);
                }
            }
            nodes.put(name, fresh);
            membershipChanged = true;
        }
    }

    /// Forgets the node; its pods are kept until they are deleted or the node returns.
    public void removeNode(String name) {
        synchronized (lock) {
            NodeInfo gone = nodes.remove(name);
            if (gone == null) {
                return;
            }
            membershipChanged = true;
            Map<String, PodInfo> waiting = new LinkedHashMap<>();
            gone.pods().forEach(pod -> waiting.put(pod.uid(), pod));
            if (!waiting.isEmpty()) {
                waitingForNode.put(name, waiting);
            }
        }
    }

    /// A bound pod was added or changed.
    public void setPod(PodInfo pod, String node) {
        synchronized (lock) {
            Place old = places.get(pod.uid());
            if (old != null) {
                take(old);
            }
            place(new Place(node, pod, false));
        }
    }

    public void removePod(String uid) {
        synchronized (lock) {
            Place old = places.remove(uid);
            if (old != null) {
                take(old);
            }
        }
    }

    /// Counts the pod on the node before its binding is written.
    ///
    /// @return false when the pod is already on a node
    public boolean assume(PodInfo pod, String node) {
        synchronized (lock) {
            if (places.containsKey(pod.uid())) {
                return false;
            }
            place(new Place(node, pod, true));
            return true;
        }
    }

    /// Takes an assumed pod off again; no effect once its binding was seen.
    public void forget(PodInfo pod) {
        synchronized (lock) {
            Place old = places.get(pod.uid());
            if (old != null && old.assumed) {
                places.remove(pod.uid());
                take(old);
            }
        }
    }

    /// Whether the pod is assumed or bound.
    public boolean holds(String uid) {
        synchronized (lock) {
            return places.containsKey(uid);
        }
    }

    private void place(Place place) {
        places.put(place.pod.uid(), place);
        NodeInfo node = nodes.get(place.node);
        if (node == null) {
            waitingForNode
                    .computeIfAbsent(place.node, name -> new LinkedHashMap<>())
                    .put(place.pod.uid(), place.pod);
        } else {
            put(node.with(place.pod));
        }
    }

    private void take(Place place) {
        @Nullable NodeInfo node = nodes.get(place.node);
        if (node != null) {
            put(node.without(place.pod));
            return;
        }
        Map<String, PodInfo> waiting = waitingForNode.get(place.node);
        if (waiting != null) {
            waiting.remove(place.pod.uid());
            if (waiting.isEmpty()) {
                waitingForNode.remove(place.node);
            }
        }
    }

    private void put(NodeInfo node) {
        nodes.put(node.name(), node);
        changed.put(node.name(), node);
    }
}
