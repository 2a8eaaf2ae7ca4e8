package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `GET /` and paths that are nothing's.
class RootPathsTest {
    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static List<String> paths(JsonNode answer) {
        List<String> paths = new ArrayList<>();
        answer.path("paths").forEach(path -> paths.add(path.asString()));
        return paths;
    }

    @Test
    void theRootListsWhatIsServedInOrder() throws Exception {
        List<String> paths = paths(SERVER.json(200, "GET", "/", ""));
        assertTrue(paths.containsAll(List.of(
                "/api/v1",
                "/apis/apps",
                "/apis/apps/v1",
                "/healthz/ping",
                "/livez/etcd",
                "/readyz/shutdown",
                "/version")));
        assertEquals(paths.stream().sorted().toList(), paths);
        assertFalse(paths.contains("/livez/shutdown"), "a check of readiness alone");
        assertEquals(paths, paths(SERVER.json(200, "GET", "/index.html", "")));
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        for (String request : List.of("GET /nothing/here", "POST /nothing", "GET /apis/nothing/v1", "GET /metrics/")) {
            String[] parts = request.split(" ");
            HttpResponse<String> answer = SERVER.send(parts[0], parts[1], "text/plain", "");
            assertEquals(404, answer.statusCode(), request);
            assertEquals("404 page not found\n", answer.body(), request);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("x-content-type-options").orElse(""),
                    request);
        }
    }

    /// As Go writes it, whoever asks.
    @Test
    void theListAndTheVersionAreIndented() throws Exception {
        assertTrue(SERVER.send("GET", "/", "text/plain", "").body().startsWith("{\n  \"paths\": [\n    \"/"));
        assertTrue(SERVER.send("GET", "/version", "text/plain", "").body().startsWith("{\n  \"major\": \"1\",\n"));
    }
}
