package io.gantry.apiserver.webhook;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.registry.ServedResource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A webhook that is to be called for a request.
///
/// @param resource as the webhook's rule names it, which may be another version than the request's; empty where the
///     request's own is meant
record Invocation(Hook hook, Optional<ServedResource> resource) {
    String version(AdmissionAttributes attributes) {
        return resource.map(ServedResource::version).orElse(attributes.version());
    }

    String group(AdmissionAttributes attributes) {
        return resource.map(ServedResource::group).orElse(attributes.group());
    }

    String plural(AdmissionAttributes attributes) {
        return resource.map(ServedResource::plural).orElse(attributes.resource());
    }

    /// An object of the request in the version that the webhook wants; a copy where that is another one.
    ///
    /// @param requested the request's resource
    ObjectNode toHook(ObjectNode object, Optional<ServedResource> requested) {
        if (resource.isEmpty() || requested.isEmpty() || object.isEmpty()) {
            return object;
        }
        return convert(object, requested.get(), resource.get());
    }

    /// The way back.
    ObjectNode fromHook(ObjectNode object, Optional<ServedResource> requested) {
        return resource.isEmpty() || requested.isEmpty() ? object : convert(object, resource.get(), requested.get());
    }

    private static ObjectNode convert(ObjectNode object, ServedResource from, ServedResource to) {
        ObjectNode converted = to.conversion().toServed(from.conversion().toStored(object.deepCopy()));
        return converted.put("apiVersion", to.apiVersion()).put("kind", to.kind());
    }
}
