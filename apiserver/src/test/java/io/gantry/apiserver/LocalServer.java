package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.apiserver.aggregation.FrontProxy;
import io.gantry.store.Store;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// An API server on loopback over memory, and a client of it.
public final class LocalServer implements AutoCloseable {
    private final MemoryStore store = new MemoryStore();
    private final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public LocalServer() {
        this(FrontProxy.NONE);
    }

    /// @param frontProxy how it shows itself to aggregated servers
    public LocalServer(FrontProxy frontProxy) {
        server = start(
                ServerConfig.local(store).with(ServerConfig.Options.NONE.withFrontProxy(frontProxy)),
                objects -> Security.none());
    }

    private LocalServer(Security.Factory security, UnaryOperator<Store> between) {
        server = start(ServerConfig.local(between.apply(store)), security);
    }

    /// @param between what stands between the server and its store
    public static LocalServer behind(UnaryOperator<Store> between) {
        return new LocalServer(objects -> Security.none(), between);
    }

    /// @param security who may do what
    LocalServer(Security.Factory security) {
        server = start(ServerConfig.local(store), security);
    }

    /// @param admission which plugins run
    LocalServer(AdmissionFlags admission, Security.Factory security) {
        server = start(ServerConfig.local(store).with(ServerConfig.Options.NONE.withAdmission(admission)), security);
    }

    private static ApiServer start(ServerConfig config, Security.Factory security) {
        try {
            return ApiServer.start(config, security);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    public ApiServer server() {
        return server;
    }

    /// Any request.
    public HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return send(method, path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    /// Any request, with bytes.
    public HttpResponse<String> send(String method, String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("content-type", type)
                .header("user-agent", "test/1")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// A request with JSON whose status is known.
    public JsonNode json(int expected, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, "application/json", body);
        assertEquals(expected, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    /// A merge patch whose status is known.
    public JsonNode patch(int expected, String path, String body) throws Exception {
        HttpResponse<String> answer = send("PATCH", path, "application/merge-patch+json", body);
        assertEquals(expected, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    @Override
    public void close() {
        client.close();
        server.close();
        store.close();
    }
}
