package io.gantry.client.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `/statusz` and `/flagz` of a process that has a health server.
class ProcessPagesTest {
    @Test
    void aProcessSaysWhatItIsAndHowItWasStarted() throws Exception {
        Flags flags = Flags.parse("--v=2", "--kubeconfig=/k");
        flags.required("kubeconfig");
        flags.integer("v", 0);
        flags.bool("leader-elect", true);
        try (HealthServer server = HealthServer.start("127.0.0.1:0", List.of(), new Metrics());
                HttpClient client = HttpClient.newHttpClient()) {
            ProcessPages.of("kube-scheduler", flags).on(server);
            String base = "http://127.0.0.1:" + server.port();
            JsonNode status = object(client, base + "/statusz", "Statusz", "v1beta1");
            assertEquals("kube-scheduler", status.at("/metadata/name").asString());
            assertEquals("1.36", status.path("emulationVersion").asString());
            assertEquals(
                    List.of("/flagz", "/healthz", "/livez", "/metrics", "/readyz", "/statusz"),
                    status.path("paths").valueStream().map(JsonNode::asString).toList());
            assertEquals(
                    "{\"kubeconfig\":\"/k\",\"leader-elect\":\"true\",\"v\":\"2\"}",
                    object(client, base + "/flagz", "Flagz", "v1beta1")
                            .path("flags")
                            .toString());
            HttpResponse<String> text = send(client, base + "/flagz", "text/plain");
            assertTrue(text.body().startsWith("\nkube-scheduler flagz\nWarning: "), text.body());
        }
    }

    @Test
    void formsAreNegotiated() throws Exception {
        try (HealthServer server = HealthServer.start("127.0.0.1:0", List.of(), new Metrics());
                HttpClient client = HttpClient.newHttpClient()) {
            ProcessPages.of("kube-proxy", Flags.parse()).on(server);
            String page = "http://127.0.0.1:" + server.port() + "/statusz";
            HttpResponse<String> refused = send(client, page, "application/json");
            assertEquals(406, refused.statusCode());
            assertEquals(
                    "only the following media types are accepted: application/json, application/yaml, text/plain",
                    Json.MAPPER.readTree(refused.body()).path("message").asString());
            HttpResponse<String> old = send(client, page, "application/json;as=Statusz;g=config.k8s.io;v=v1alpha1");
            assertTrue(old.headers().firstValue("warning").orElse("").contains("deprecated"));
        }
    }

    private static JsonNode object(HttpClient client, String uri, String kind, String version)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(client, uri, "application/json;as=" + kind + ";g=config.k8s.io;v=" + version);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    private static HttpResponse<String> send(HttpClient client, String uri, String accept)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri)).header("accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
