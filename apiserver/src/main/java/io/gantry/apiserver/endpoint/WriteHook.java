package io.gantry.apiserver.endpoint;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a write of one resource does beside the object itself, such as allocating a Service's addresses.
public interface WriteHook {
    /// Runs before the write, after validation of what the client sent; may change `object`.
    ///
    /// @return runs after the write, with whether it took place
    Completion before(Call call, ObjectNode object, Optional<ObjectNode> old, boolean dryRun);

    /// Runs after an object is gone.
    default void deleted(ObjectNode object) {}

    /// The end of a write.
    interface Completion {
        void done(boolean written);
    }

    WriteHook NONE = (call, object, old, dryRun) -> written -> {};
}
