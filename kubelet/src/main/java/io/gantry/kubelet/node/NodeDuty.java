package io.gantry.kubelet.node;

import io.gantry.api.core.v1.node.Node;
import java.io.IOException;
import java.util.Map;

/// Something that the node does when its own Node object asks for it, and answers in annotations.
@FunctionalInterface
public interface NodeDuty {
    /// Does what the Node asks for. Blocks; called again and again, also when nothing changed.
    ///
    /// @return the annotations that the Node is to have
    Map<String, String> perform(Node node) throws IOException;

    /// A node without duties.
    static NodeDuty none() {
        return node -> Map.of();
    }
}
