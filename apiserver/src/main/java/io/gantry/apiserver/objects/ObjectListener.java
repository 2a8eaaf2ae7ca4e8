package io.gantry.apiserver.objects;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Told of changes. Must not block and must not change the trees.
public interface ObjectListener {
    /// All objects there are. The first call, and again when changes were lost.
    void replaced(List<ObjectNode> all);

    /// An object was created or changed.
    void put(ObjectNode now);

    /// An object is gone.
    void deleted(ObjectNode last);
}
