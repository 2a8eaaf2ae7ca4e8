package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.store.memory.MemoryStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiServerTest {
    private static final MemoryStore STORE = new MemoryStore();
    private static ApiServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start(ServerConfig.local(STORE), objects -> Security.none());
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        STORE.close();
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static JsonNode call(int expected, String method, String path, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", type)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(expected, response.statusCode(), response.body());
        return Json.MAPPER.readTree(response.body());
    }

    private static JsonNode json(int expected, String method, String path, String body) throws Exception {
        return call(expected, method, path, "application/json", body);
    }

    @Test
    void whatHasNoNamespaceLosesTheOneItWasGiven() throws Exception {
        JsonNode made = json(
                201,
                "POST",
                "/apis/storage.k8s.io/v1/storageclasses",
                "{\"metadata\":{\"name\":\"spaced\",\"namespace\":\"default\"},\"provisioner\":\"a/b\"}");
        assertTrue(made.path("metadata").path("namespace").isMissingNode());
        JsonNode patched = call(
                200,
                "PATCH",
                "/apis/storage.k8s.io/v1/storageclasses/spaced",
                "application/merge-patch+json",
                "{\"metadata\":{\"namespace\":\"default\",\"labels\":{\"a\":\"b\"}}}");
        assertTrue(patched.path("metadata").path("namespace").isMissingNode());
        assertEquals("b", patched.path("metadata").path("labels").path("a").asString());
    }

    @Test
    void aConfigMapLivesAndDies() throws Exception {
        String maps = "/api/v1/namespaces/default/configmaps";
        JsonNode made = json(201, "POST", maps, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
        assertEquals("ConfigMap", made.path("kind").asString());
        assertTrue(!made.path("metadata").path("uid").asString("").isEmpty());
        json(409, "POST", maps, "{\"metadata\":{\"name\":\"a\"}}");
        JsonNode read = json(200, "GET", maps + "/a", "");
        assertEquals(made, read);
        JsonNode patched =
                call(200, "PATCH", maps + "/a", "application/merge-patch+json", "{\"data\":{\"k\":null,\"l\":\"w\"}}");
        assertEquals("{\"l\":\"w\"}", patched.path("data").toString());
        json(409, "PUT", maps + "/a", made.toString());
        JsonNode same = call(200, "PATCH", maps + "/a", "application/merge-patch+json", "{\"data\":{\"l\":\"w\"}}");
        assertEquals(
                patched.path("metadata").path("resourceVersion"),
                same.path("metadata").path("resourceVersion"));
        JsonNode list = json(200, "GET", maps, "");
        assertEquals(1, list.path("items").size());
        JsonNode gone = json(200, "DELETE", maps + "/a", "");
        assertEquals("Success", gone.path("status").asString());
        json(404, "GET", maps + "/a", "");
    }

    @Test
    void aTimeoutIsADuration() throws Exception {
        JsonNode refused = json(400, "GET", "/version?timeout=invalid", "");
        assertEquals(
                "invalid timeout specified in the request URL - time: invalid duration \"invalid\"",
                refused.path("message").asString());
        json(200, "GET", "/version?timeout=0s", "");
        json(200, "GET", "/api/v1/namespaces?timeout=3m", "");
    }

    @Test
    void jobsAndReplicationControllersLeaveTheirPods() throws Exception {
        String job = "/apis/batch/v1/namespaces/default/jobs";
        String body = "{\"metadata\":{\"name\":\"j\"},\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"Never\","
                + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}";
        json(201, "POST", job, body);
        json(200, "DELETE", job + "/j", "");
        JsonNode left = json(200, "GET", job + "/j", "");
        assertEquals("[\"orphan\"]", left.path("metadata").path("finalizers").toString());
        json(200, "DELETE", job + "/j?propagationPolicy=Background", "");
        json(404, "GET", job + "/j", "");
        String controllers = "/api/v1/namespaces/default/replicationcontrollers";
        json(
                201,
                "POST",
                controllers,
                "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                        + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");
        JsonNode deleted = json(200, "DELETE", controllers + "/r", "");
        assertEquals("[\"orphan\"]", deleted.path("metadata").path("finalizers").toString());
    }

    @Test
    void checksHaveUpstreamsNames() throws Exception {
        assertEquals("ok", text("/readyz/poststarthook/rbac/bootstrap-roles"));
        assertTrue(text("/readyz?verbose").contains("[+]informer-sync ok\n"));
        assertTrue(!text("/livez?verbose").contains("[+]informer-sync ok"));
        assertTrue(text("/metrics/slis").contains("kubernetes_healthcheck{name=\"ping\",type=\"livez\"} 1"));
    }

    private static String text(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void whatIsNotThereIsNotFoundBeforeItsVersionIsMissed() throws Exception {
        json(
                404,
                "PUT",
                "/apis/apiregistration.k8s.io/v1/apiservices/v1.none.example.com",
                "{\"metadata\":{\"name\":\"v1.none.example.com\"},\"spec\":"
                        + "{\"group\":\"none.example.com\",\"version\":\"v1\",\"groupPriorityMinimum\":1,\"versionPriority\":1}}");
    }

    @Test
    void discoveryTellsTheStoredVersion() throws Exception {
        JsonNode core = json(200, "GET", "/api/v1", "");
        for (JsonNode resource : core.path("resources")) {
            if (resource.path("name").asString().equals("pods")) {
                assertEquals("xPOwRZ+Yhw8=", resource.path("storageVersionHash").asString());
            }
        }
    }

    @Test
    void chunksKeepTheirRevision() throws Exception {
        String secrets = "/api/v1/namespaces/default/secrets";
        for (int i = 0; i < 5; i++) {
            json(201, "POST", secrets, "{\"metadata\":{\"name\":\"s" + i + "\",\"labels\":{\"i\":\"" + i + "\"}}}");
        }
        JsonNode first = json(200, "GET", secrets + "?limit=2", "");
        assertEquals(2, first.path("items").size());
        assertEquals(3, first.path("metadata").path("remainingItemCount").asInt());
        json(200, "DELETE", secrets + "/s3", "");
        String next = first.path("metadata").path("continue").asString();
        JsonNode rest = json(200, "GET", secrets + "?continue=" + next, "");
        assertEquals(3, rest.path("items").size());
        assertEquals(
                first.path("metadata").path("resourceVersion"),
                rest.path("metadata").path("resourceVersion"));
        JsonNode labelled = json(200, "GET", secrets + "?labelSelector=i%20in%20(1,2)", "");
        assertEquals(2, labelled.path("items").size());
    }

    @Test
    void aWatchSeesWhatLeavesItsSelector() throws Exception {
        String maps = "/api/v1/namespaces/kube-public/configmaps";
        JsonNode made = json(201, "POST", maps, "{\"metadata\":{\"name\":\"w\",\"labels\":{\"on\":\"yes\"}}}");
        String version = made.path("metadata").path("resourceVersion").asString();
        HttpResponse<java.io.InputStream> stream = client.send(
                HttpRequest.newBuilder(uri(maps + "?watch=true&labelSelector=on%3Dyes&resourceVersion=" + version))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            call(200, "PATCH", maps + "/w", "application/merge-patch+json", "{\"data\":{\"a\":\"b\"}}");
            call(
                    200,
                    "PATCH",
                    maps + "/w",
                    "application/merge-patch+json",
                    "{\"metadata\":{\"labels\":{\"on\":\"no\"}}}");
            assertEquals(
                    "MODIFIED",
                    Json.MAPPER.readTree(lines.readLine()).path("type").asString());
            JsonNode left = Json.MAPPER.readTree(lines.readLine());
            assertEquals("DELETED", left.path("type").asString());
            assertEquals(
                    "yes",
                    left.path("object")
                            .path("metadata")
                            .path("labels")
                            .path("on")
                            .asString());
        }
    }
}
