package io.gantry.kubelet.node;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The resources of device plugins.
///
/// @param removed those whose plugin has been away for long: the node has none of them any more
/// @param fresh whether the node was never known to have plugins: what its object says of extended resources is of
///     another life
public record PluginResources(
        Map<String, Quantity> capacity, Map<String, Quantity> allocatable, Set<String> removed, boolean fresh) {
    public static final PluginResources NONE = new PluginResources(Map.of(), Map.of(), Set.of(), false);

    public PluginResources {
        capacity = Copies.map(capacity);
        allocatable = Copies.map(allocatable);
        removed = new TreeSet<>(removed);
    }
}
