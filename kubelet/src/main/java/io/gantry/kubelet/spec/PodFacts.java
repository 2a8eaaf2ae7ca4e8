package io.gantry.kubelet.spec;

import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;

/// What is known of a pod only on its node.
///
/// @param podIps empty before the sandbox stands
/// @param nodeIps the first is the primary one
/// @param allocatable what the node has, the limit of containers that set none
public record PodFacts(List<String> podIps, List<String> nodeIps, Map<String, Quantity> allocatable) {
    public PodFacts {
        podIps = List.copyOf(podIps);
        nodeIps = List.copyOf(nodeIps);
        allocatable = Map.copyOf(allocatable);
    }
}
