package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.store.memory.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `/statusz` and `/flagz` of a running server.
class ProcessPagesTest {
    @Test
    void theServerSaysWhatItIsAndHowItWasStarted() throws Exception {
        try (MemoryStore store = new MemoryStore();
                ApiServer server = ApiServer.start(
                        ServerConfig.local(store)
                                .with(ServerConfig.Options.NONE.withFlags(Map.of("secure-port", "6443"))),
                        objects -> Security.none());
                HttpClient client = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + server.address().getPort();
            JsonNode status = object(client, base + "/statusz", "Statusz");
            assertEquals(
                    List.of("/flagz", "/healthz", "/livez", "/metrics", "/readyz", "/statusz", "/version"),
                    status.path("paths").valueStream().map(JsonNode::asString).toList());
            assertEquals("1.36", status.path("emulationVersion").asString());
            assertEquals(
                    "{\"secure-port\":\"6443\"}",
                    object(client, base + "/flagz", "Flagz").path("flags").toString());
            HttpResponse<String> refused = send(client, base + "/flagz", "application/json");
            assertEquals(406, refused.statusCode());
            assertTrue(refused.body().contains("NotAcceptable"));
        }
    }

    private static JsonNode object(HttpClient client, String uri, String kind) throws Exception {
        HttpResponse<String> answer = send(client, uri, "application/json;as=" + kind + ";g=config.k8s.io;v=v1beta1");
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    private static HttpResponse<String> send(HttpClient client, String uri, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri)).header("accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
