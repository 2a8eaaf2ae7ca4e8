package io.gantry.apiserver.proxy;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The objects that say where requests go, as they are now. Implemented by the API server over its caches; may block.
public interface ProxyObjects {
    Optional<JsonNode> pod(String namespace, String name);

    Optional<JsonNode> node(String name);

    Optional<JsonNode> service(String namespace, String name);

    /// The slices of a service.
    List<JsonNode> endpointSlices(String namespace, String service);
}
