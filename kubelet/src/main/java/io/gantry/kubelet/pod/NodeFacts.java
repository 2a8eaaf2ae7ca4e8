package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What pods need to know of their node, now.
public interface NodeFacts {
    /// The first is the primary one.
    List<String> addresses();

    Map<String, Quantity> allocatable();

    /// The node as it was seen last; empty before the first look.
    Optional<Node> seen();

    /// The node as the API server has it now; as it was seen last where that cannot be told. Blocks.
    Optional<Node> now();

    /// The runtime's name, as it stands before container ids.
    String runtimeName();

    /// Why pods cannot have a network yet; empty when they can.
    Optional<String> networkNotReady();
}
