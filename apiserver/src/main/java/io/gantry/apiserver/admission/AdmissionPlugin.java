package io.gantry.apiserver.admission;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One admission plugin. Runs on the request's virtual thread and may block; thread-safe. On a DELETE `object` is empty
/// (no fields) and `old` is the object to be deleted; on a CONNECT `object` holds the options.
public interface AdmissionPlugin {
    /// Upstream's name, e.g. `LimitRanger`.
    String name();

    /// Changes the object in place, or refuses. Runs before validation.
    ///
    /// @throws io.gantry.api.StatusException refuses the request
    default void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {}

    /// Whether its steps compute little and ask nobody outside the server, as things stand now. Must not block.
    default boolean isBrief() {
        return true;
    }

    /// What it counts beside the times of its steps, as lines of Prometheus' text format.
    default String metrics() {
        return "";
    }

    /// Refuses by throwing; changes nothing. Runs after validation.
    ///
    /// @throws io.gantry.api.StatusException refuses the request
    default void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {}
}
