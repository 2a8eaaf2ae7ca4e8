package io.gantry.apiserver.service;

import io.gantry.apiserver.registry.ResourceStorage;
import tools.jackson.databind.JsonNode;

/// Whose addresses they are.
record ServiceKey(String namespace, String name) {
    static ServiceKey of(JsonNode service) {
        JsonNode metadata = service.path("metadata");
        return new ServiceKey(
                metadata.path("namespace").asString(""), metadata.path("name").asString(""));
    }

    /// The key in the storage.
    String key() {
        return ResourceStorage.key(namespace, name);
    }
}
