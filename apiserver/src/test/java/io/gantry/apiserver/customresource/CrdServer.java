package io.gantry.apiserver.customresource;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.Store;
import io.gantry.store.memory.MemoryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An API server for tests of custom resources, with requests as short as can be.
final class CrdServer implements AutoCloseable {
    static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";

    private final Store store;
    private final boolean own;
    private final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    CrdServer() throws IOException {
        this(new MemoryStore(), true);
    }

    CrdServer(Store store) throws IOException {
        this(store, false);
    }

    private CrdServer(Store store, boolean own) throws IOException {
        this.store = store;
        this.own = own;
        this.server = ApiServer.start(ServerConfig.local(store), objects -> Security.none());
    }

    Store store() {
        return store;
    }

    String url() {
        return "http://127.0.0.1:" + server.address().getPort();
    }

    HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode call(int expected, String method, String path, String type, String body, String... headers)
            throws Exception {
        HttpResponse<String> response = send(method, path, type, body, headers);
        assertEquals(expected, response.statusCode(), response.body());
        return Json.MAPPER.readTree(response.body());
    }

    JsonNode get(String path) throws Exception {
        return call(200, "GET", path, JSON, "");
    }

    JsonNode post(int expected, String path, String body) throws Exception {
        return call(expected, "POST", path, JSON, body);
    }

    JsonNode put(int expected, String path, JsonNode body) throws Exception {
        return call(expected, "PUT", path, JSON, body.toString());
    }

    JsonNode merge(int expected, String path, String body) throws Exception {
        return call(expected, "PATCH", path, MERGE, body);
    }

    JsonNode delete(int expected, String path) throws Exception {
        return call(expected, "DELETE", path, JSON, "");
    }

    static ObjectNode fixture(String name) throws IOException {
        try (var in = CrdServer.class.getResourceAsStream("/crds/" + name + ".yaml")) {
            return Bodies.yaml(in.readAllBytes()).tree();
        }
    }

    /// Creates a definition and waits until it is established.
    JsonNode define(JsonNode definition) throws Exception {
        post(201, CRDS, definition.toString());
        return established(definition.path("metadata").path("name").asString());
    }

    JsonNode define(String fixture) throws Exception {
        return define(fixture(fixture));
    }

    JsonNode established(String name) throws Exception {
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Conditions.isTrue(get(CRDS + "/" + name), Conditions.ESTABLISHED));
        return get(CRDS + "/" + name);
    }

    /// Deletes a definition and waits until it is gone.
    void undefine(String name) throws Exception {
        delete(200, CRDS + "/" + name);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> send("GET", CRDS + "/" + name, JSON, "").statusCode() == 404);
    }

    /// The lines of a watch.
    BufferedReader watch(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        if (own) {
            store.close();
        }
    }
}
