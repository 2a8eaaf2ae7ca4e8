package io.gantry.apiserver.objects;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Told of changes. Must not block and must not change the trees.
public interface ObjectListener {
    /// All objects there are. The first call, and again when changes were lost.
    void replaced(List<ObjectNode> all);

    /// One change.
    ///
    /// @param before empty when created
    /// @param now empty when deleted
    void changed(Optional<ObjectNode> before, Optional<ObjectNode> now);
}
