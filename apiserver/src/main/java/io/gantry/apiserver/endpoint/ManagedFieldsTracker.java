package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.registry.ServedResource;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Keeps `metadata.managedFields` (upstream `structured-merge-diff` and `util/managedfields`).
public interface ManagedFieldsTracker {
    /// Who writes.
    ///
    /// @param manager the field manager
    /// @param subresource empty for the object itself
    record Writer(String manager, String subresource, Instant now) {}

    /// Notes in `object` what a create or update changed against `old` (an empty object for a create).
    void updated(ServedResource resource, ObjectNode object, ObjectNode old, Writer writer);

    /// Applies a configuration to the live object (an empty object when there is none).
    ///
    /// @return the merged object with its managed fields
    /// @throws io.gantry.api.StatusException 409 with the conflicts unless `force`
    ObjectNode apply(ServedResource resource, ObjectNode live, ObjectNode configuration, Writer writer, boolean force);
}
