package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The scheduler's view of nodes and of pods on them: what informers report plus pods that were given a
/// node but whose binding is not yet seen ("assumed"). Thread-safe: one private lock guards all state.
public final class ClusterCache {
    private final Object lock = new Object();
    private final Map<String, NodeInfo> nodes = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Map<String, PodInfo>> waitingForNode = new HashMap<>();
    private final Map<String, NodeInfo> changed = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    /// Nodes came or went, or have other labels, by which they are ordered and pods counted.
    private boolean membershipChanged = true;
    private boolean namespacesChanged;
    private Snapshot last = Snapshot.of(List.of());

    /// A pod that came to a node (+1) or left it (-1) since the last snapshot.
    private record Move(PodInfo pod, NodeInfo node, int sign) {}

    private record Place(String node, PodInfo pod, boolean assumed) {}

    /// The present state, valid until the next call; cheap when little changed since the last one. For
    /// the scheduling thread alone.
    public Snapshot snapshot() {
        synchronized (lock) {
            if (membershipChanged) {
                last = Snapshot.interleaved(new TreeMap<>(nodes).values());
            } else {
                moves.forEach(move -> last.count(move.pod, move.node, move.sign));
                changed.values().forEach(last::set);
                if (namespacesChanged) {
                    last.forgetNamespaces();
                }
            }
            membershipChanged = false;
            namespacesChanged = false;
            moves.clear();
            changed.clear();
            return last;
        }
    }

    /// Labels of a namespace changed.
    public void namespaceChanged() {
        synchronized (lock) {
            namespacesChanged = true;
        }
    }

    /// The node as it stands.
    public Optional<NodeInfo> node(String name) {
        synchronized (lock) {
            return Optional.ofNullable(nodes.get(name));
        }
    }

    public void setNode(Node node) {
        String name = Objects.requireNonNullElse(node.metadata().name(), "");
        synchronized (lock) {
            NodeInfo known = nodes.get(name);
            if (known != null) {
                put(known.withNode(node));
                membershipChanged |=
                        !node.metadata().labels().equals(known.node().metadata().labels());
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
            NodeInfo there = nodes.get(node);
            if (old != null && there != null && old.node.equals(node) && old.pod.countsLike(pod)) {
                places.put(pod.uid(), new Place(node, pod, false));
                put(there.replaced(pod));
                return;
            }
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
            moved(place.pod, node, 1);
        }
    }

    private void moved(PodInfo pod, NodeInfo node, int sign) {
        if (!membershipChanged) {
            moves.add(new Move(pod, node, sign));
        }
    }

    private void take(Place place) {
        @Nullable NodeInfo node = nodes.get(place.node);
        if (node != null) {
            put(node.without(place.pod));
            moved(place.pod, node, -1);
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
