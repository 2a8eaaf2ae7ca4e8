package io.gantry.apiserver.proxy;

import io.gantry.api.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Objects by `resource/namespace/name`.
final class FakeObjects implements ProxyObjects {
    private final Map<String, JsonNode> objects = new HashMap<>();

    FakeObjects with(String key, String json) {
        objects.put(key, Json.MAPPER.readTree(json));
        return this;
    }

    private Optional<JsonNode> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public Optional<JsonNode> pod(String namespace, String name) {
        return find("pods/" + namespace + "/" + name);
    }

    @Override
    public Optional<JsonNode> node(String name) {
        return find("nodes/" + name);
    }

    @Override
    public Optional<JsonNode> service(String namespace, String name) {
        return find("services/" + namespace + "/" + name);
    }

    @Override
    public List<JsonNode> endpointSlices(String namespace, String service) {
        return find("slices/" + namespace + "/" + service).stream().toList();
    }
}
