package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.selector.Selector;
import io.gantry.client.ObjectKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which autoscalers select which pods: none may be selected by two. Thread-safe.
final class Selecting {
    private final Map<ObjectKey, Selector> selectors = new ConcurrentHashMap<>();

    void put(ObjectKey autoscaler, Selector selector) {
        selectors.put(autoscaler, selector);
    }

    void remove(ObjectKey autoscaler) {
        selectors.remove(autoscaler);
    }

    /// The autoscalers of a namespace that select one of the pods, in order.
    List<ObjectKey> of(String namespace, List<Pod> pods) {
        return selectors.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .filter(entry -> pods.stream()
                        .anyMatch(pod -> entry.getValue().matches(pod.metadata().labels())))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(ObjectKey::name))
                .toList();
    }
}
