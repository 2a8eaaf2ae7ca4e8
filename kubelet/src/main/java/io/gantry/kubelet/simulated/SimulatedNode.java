package io.gantry.kubelet.simulated;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a simulated node looks like. Immutable; the `with…` methods give changed copies.
///
/// @param labels beside those every node has (`kubernetes.io/hostname`, `kubernetes.io/os`,
///     `kubernetes.io/arch`)
/// @param capacity what it has of each resource; all of it can be allocated
public record SimulatedNode(
        String name, Map<String, String> labels, List<Taint> taints, Map<String, Quantity> capacity) {
    private static final Map<String, String> USUAL =
            Map.of("cpu", "32", "memory", "256Gi", "ephemeral-storage", "1Ti", "pods", "110");

    public SimulatedNode {
        labels = Copies.map(labels);
        taints = List.copyOf(taints);
        capacity = Copies.map(capacity);
    }

    /// A node with 32 CPUs, 256 GiB of memory and room for 110 pods.
    public static SimulatedNode named(String name) {
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        USUAL.forEach((resource, amount) -> capacity.put(resource, Quantity.parse(amount)));
        return new SimulatedNode(name, Map.of(), List.of(), capacity);
    }

    /// With one label more.
    public SimulatedNode withLabel(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(key, value);
        return new SimulatedNode(name, more, taints, capacity);
    }

    /// With one taint more.
    public SimulatedNode withTaint(String key, String value, String effect) {
        List<Taint> more = new ArrayList<>(taints);
        more.add(new Taint(key, value, effect, null));
        return new SimulatedNode(name, labels, more, capacity);
    }

    /// With another amount of one resource, in the API's notation (`4`, `500m`, `8Gi`).
    public SimulatedNode withCapacity(String resource, String amount) {
        Map<String, Quantity> other = new LinkedHashMap<>(capacity);
        other.put(resource, Quantity.parse(amount));
        return new SimulatedNode(name, labels, taints, other);
    }
}
