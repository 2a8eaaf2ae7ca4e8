package io.gantry.apiserver.objects;

import io.gantry.api.kind.Kind;
import tools.jackson.databind.node.ObjectNode;

/// Writes objects as the API server itself: defaults, validation and managed fields, but no authorization. Blocks.
public interface ObjectWriter {
    /// Creates an object.
    ///
    /// @return as it was stored
    /// @throws io.gantry.api.StatusException as the API would answer, e.g. 409 `AlreadyExists`
    ObjectNode create(Kind<?> kind, ObjectNode object);

    /// Replaces an object; `metadata.resourceVersion` is compared when present.
    ObjectNode update(Kind<?> kind, ObjectNode object);

    /// Replaces an object's status.
    ObjectNode updateStatus(Kind<?> kind, ObjectNode object);
}
