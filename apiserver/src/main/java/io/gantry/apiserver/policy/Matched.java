package io.gantry.apiserver.policy;

import io.gantry.apiserver.registry.ServedResource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// As what a policy sees a request.
///
/// @param other the resource as the policy names it, where that is not the request's own
record Matched(Optional<ServedResource> other) {
    static final Matched AS_REQUESTED = new Matched(Optional.empty());

    /// An object of the request as the policy wants it; a copy where that is another version.
    ObjectNode toPolicy(ObjectNode object, Optional<ServedResource> requested) {
        return other.isEmpty() || requested.isEmpty() || object.isEmpty()
                ? object
                : convert(object, requested.get(), other.get());
    }

    /// The way back.
    ObjectNode fromPolicy(ObjectNode object, Optional<ServedResource> requested) {
        return other.isEmpty() || requested.isEmpty() ? object : convert(object, other.get(), requested.get());
    }

    private static ObjectNode convert(ObjectNode object, ServedResource from, ServedResource to) {
        ObjectNode converted = to.conversion().toServed(from.conversion().toStored(object.deepCopy()));
        return converted.put("apiVersion", to.apiVersion()).put("kind", to.kind());
    }
}
