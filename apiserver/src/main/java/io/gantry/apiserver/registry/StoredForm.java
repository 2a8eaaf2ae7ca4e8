package io.gantry.apiserver.registry;

import tools.jackson.databind.node.ObjectNode;

/// What happens to a stored object when it is read. Must not block.
public interface StoredForm {
    /// Built-in kinds are served as they were stored.
    StoredForm AS_IS = new StoredForm() {
        @Override
        public boolean toCached(ObjectNode stored) {
            return false;
        }

        @Override
        public boolean leaves(ObjectNode object) {
            return true;
        }
    };

    /// Changes a tree, in place, into what is served from the cache.
    ///
    /// @return whether anything changed
    boolean toCached(ObjectNode stored);

    /// Whether [#toCached] would leave a tree as it is. Changes nothing.
    boolean leaves(ObjectNode object);
}
