package io.gantry.apiserver.authz.node;

import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The pods that have a node, and what their nodes may read for them. There may be tens of thousands: what pods have in
/// common is there once. Fed by one thread, asked by any.
final class PlacedPods implements ObjectListener {
    /// @param references what the pod refers to
    private record Placed(String node, Set<Target> references) {}

    /// How many pods of each node refer to something.
    ///
    /// @param target the one that pods keep
    private record Referrers(Target target, Map<String, Integer> podsByNode) {}

    private final Map<Target, Placed> pods = new ConcurrentHashMap<>();
    private final Map<Target, Referrers> referrers = new ConcurrentHashMap<>();

    /// Whether this is a pod of the node, or a pod of the node refers to it.
    boolean relate(String node, Target target) {
        Placed pod = pods.get(target);
        if (pod != null && pod.node().equals(node)) {
            return true;
        }
        Referrers found = referrers.get(target);
        return found != null && found.podsByNode().containsKey(node);
    }

    @Override
    public void replaced(List<ObjectNode> all) {
        Set<Target> stale = new HashSet<>(pods.keySet());
        for (ObjectNode pod : all) {
            stale.remove(key(pod));
            put(pod);
        }
        stale.forEach(this::remove);
    }

    @Override
    public void deleted(ObjectNode last) {
        remove(key(last));
    }

    @Override
    public void put(ObjectNode pod) {
        Target key = key(pod);
        String node = Trees.text(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            remove(key);
            return;
        }
        Set<Target> wanted = PodReferences.of(pod).stream()
                .map(reference -> new Target(reference.resource(), key.namespace(), reference.name()))
                .collect(Collectors.toUnmodifiableSet());
        Placed old = pods.get(key);
        if (old != null && old.node().equals(node) && old.references().equals(wanted)) {
            return;
        }
        Set<Target> kept = wanted.stream().map(target -> add(target, node)).collect(Collectors.toUnmodifiableSet());
        pods.put(key, new Placed(node, kept));
        if (old != null) {
            old.references().forEach(target -> subtract(target, old.node()));
        }
    }

    private void remove(Target key) {
        Placed old = pods.remove(key);
        if (old != null) {
            old.references().forEach(target -> subtract(target, old.node()));
        }
    }

    private Target add(Target target, String node) {
        Referrers known = referrers.computeIfAbsent(target, key -> new Referrers(key, new ConcurrentHashMap<>()));
        known.podsByNode().merge(node, 1, Integer::sum);
        return known.target();
    }

    private void subtract(Target target, String node) {
        Referrers known = referrers.get(target);
        if (known == null) {
            return;
        }
        known.podsByNode().computeIfPresent(node, (key, count) -> count == 1 ? null : count - 1);
        if (known.podsByNode().isEmpty()) {
            referrers.remove(target);
        }
    }

    private static Target key(ObjectNode pod) {
        return new Target("pods", Trees.namespace(pod), Trees.name(pod));
    }
}
