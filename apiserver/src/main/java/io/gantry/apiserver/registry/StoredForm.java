package io.gantry.apiserver.registry;

import tools.jackson.databind.node.ObjectNode;

/// What happens to a stored object when it is read. Must not block.
public interface StoredForm {
    /// Built-in kinds are served as they were stored.
    StoredForm AS_IS = stored -> false;

    /// Changes a tree, in place, into what is served from the cache.
    ///
    /// @return whether anything changed
    boolean toCached(ObjectNode stored);
}
