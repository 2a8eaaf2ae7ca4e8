package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.Store;
import io.gantry.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which API servers of a shared store are alive: each keeps a key with a short life (upstream
/// `controlplane/reconcilers/lease.go`). Blocks.
final class ServerLeases {
    private static final String PREFIX = "/registry/masterleases/";
    private static final long TTL_SECONDS = 15;
    private static final int ATTEMPTS = 5;

    /// A server's address.
    record Server(String ip, int port) {}

    private final Store store;
    private final Server self;

    ServerLeases(Store store, Server self) {
        this.store = store;
        this.self = self;
    }

    /// Says that this server lives.
    void renew() {
        byte[] value = Json.MAPPER.writeValueAsBytes(endpoints());
        Optional<Entry> current = store.get(key());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            WriteResult result = current.isPresent()
                    ? store.update(key(), value, current.get().modRevision(), TTL_SECONDS)
                    : store.create(key(), value, TTL_SECONDS);
            switch (result) {
                case WriteResult.Committed done -> {
                    return;
                }
                case WriteResult.Conflict conflict -> current = conflict.current();
            }
        }
    }

    /// Says that this server goes.
    void end() {
        store.get(key()).ifPresent(entry -> store.delete(key(), entry.modRevision()));
    }

    /// The servers that live, in the order of their addresses.
    List<Server> live() {
        List<Server> servers = new ArrayList<>();
        for (Entry entry : store.range(Range.prefix(PREFIX)).entries()) {
            JsonNode subset =
                    Json.MAPPER.readTree(entry.value()).path("subsets").path(0);
            servers.add(new Server(
                    entry.key().substring(PREFIX.length()),
                    subset.path("ports").path(0).path("port").asInt(self.port())));
        }
        return servers;
    }

    private String key() {
        return PREFIX + self.ip();
    }

    private ObjectNode endpoints() {
        ObjectNode endpoints = Json.MAPPER.createObjectNode();
        endpoints.put("kind", "Endpoints").put("apiVersion", "v1").putObject("metadata");
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        subset.putArray("addresses").addObject().put("ip", self.ip());
        subset.putArray("ports").addObject().put("port", self.port());
        return endpoints;
    }
}
