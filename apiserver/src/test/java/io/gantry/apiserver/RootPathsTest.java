package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /// Upstream's routes know the built-in groups, and have their own words for what these have not.
    @ParameterizedTest
    @CsvSource({
        "GET,/api/v2,404",
        "GET,/apis/apps/v9,404",
        "DELETE,/api/v2,404",
        "POST,/apis/apps/v9,404",
        "OPTIONS,/api,405",
        "OPTIONS,/api/v1,405",
        "DELETE,/apis/apps/v1,405",
        "OPTIONS,/apis/apps/v1/,405",
        "OPTIONS,/version,405",
        "OPTIONS,/api/v1/namespaces,405"
    })
    void whatBuiltInGroupsHaveNotIsToldInAStatus(String method, String path, int code) throws Exception {
        JsonNode status = SERVER.json(code, method, path, "");
        assertEquals(
                code == 404
                        ? "the server could not find the requested resource"
                        : "the server does not allow this method on the requested resource",
                status.path("message").asString());
        assertEquals("{}", status.path("details").toString());
    }

    @Test
    void documentsOfAllGroupsDoNotLookAtTheMethod() throws Exception {
        assertEquals(
                "APIGroupList",
                SERVER.json(200, "POST", "/apis", "").path("kind").asString());
        assertEquals(
                "APIGroupList",
                SERVER.json(200, "OPTIONS", "/apis/", "").path("kind").asString());
        assertEquals(
                "APIGroup",
                SERVER.json(200, "PUT", "/apis/apps", "").path("kind").asString());
        assertEquals(404, SERVER.send("PUT", "/apis/nothing", "text/plain", "").statusCode());
    }

    @Test
    void checksOfHealthHaveNoSlashAtTheirEnd() throws Exception {
        for (String path : List.of("/healthz", "/livez", "/readyz")) {
            assertEquals(200, SERVER.send("GET", path, "text/plain", "").statusCode());
            assertEquals(
                    "404 page not found\n",
                    SERVER.send("GET", path + "/", "text/plain", "").body());
        }
    }

    /// As Go writes it, whoever asks.
    @Test
    void theListAndTheVersionAreIndented() throws Exception {
        assertTrue(SERVER.send("GET", "/", "text/plain", "").body().startsWith("{\n  \"paths\": [\n    \"/"));
        assertTrue(SERVER.send("GET", "/version", "text/plain", "").body().startsWith("{\n  \"major\": \"1\",\n"));
    }
}
