package io.gantry.apiserver.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.LocalServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The walk that upstream's conformance suite takes through the API of a kind: discovery, create, get, list, watch,
/// patch, update, status, delete, delete-collection.
class ApiLifecycleTest {
    private static LocalServer server;
    private static HttpClient watcher;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
        watcher = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        watcher.close();
        server.close();
    }

    private static String selector(Sort sort) {
        return "?labelSelector=walk%3D" + sort.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonNode create(Sort sort, String name, int number) throws Exception {
        HttpResponse<String> made = server.send("POST", sort.path(), "application/yaml", sort.document(name, number));
        assertEquals(201, made.statusCode(), made.body());
        return Json.MAPPER.readTree(made.body());
    }

    private static String json(String yaml) {
        return Bodies.yaml(yaml.getBytes(StandardCharsets.UTF_8)).tree().toString();
    }

    private static void assertContains(JsonNode expected, JsonNode actual, String at) {
        if (!expected.isObject()) {
            assertEquals(withoutDefaults(expected), withoutDefaults(actual), at);
            return;
        }
        expected.properties()
                .forEach(field ->
                        assertContains(field.getValue(), actual.path(field.getKey()), at + "." + field.getKey()));
    }

    /// Items of lists are compared by their first field's presence only where defaults were added to them.
    private static String withoutDefaults(JsonNode node) {
        return node.isArray() ? "items " + node.size() : node.asString("");
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void theGroupTheVersionAndTheResourceAreDiscovered(Sort sort) throws Exception {
        JsonNode resources = server.json(200, "GET", sort.root(), "").path("resources");
        List<String> names = new ArrayList<>();
        resources.forEach(resource -> names.add(resource.path("name").asString("")));
        assertTrue(names.contains(sort.plural()), names.toString());
        assertEquals(
                !sort.status().isEmpty(),
                names.contains(sort.plural() + "/status") && !sort.status().isEmpty());
        if (sort.root().startsWith("/apis/")) {
            String group = sort.apiVersion().substring(0, sort.apiVersion().indexOf('/'));
            assertTrue(server.json(200, "GET", "/apis", "").toString().contains("\"name\":\"" + group + "\""));
            assertTrue(server.json(200, "GET", "/apis/" + group, "").toString().contains(sort.apiVersion()));
        }
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void anObjectIsMadeReadChangedWatchedAndDeleted(Sort sort) throws Exception {
        JsonNode made = create(sort, "one", 1);
        assertEquals(made, server.json(200, "GET", sort.path() + "/one", ""));
        assertTrue(!made.path("metadata").path("uid").asString("").isEmpty());
        HttpResponse<String> dry =
                server.send("POST", sort.path() + "?dryRun=All", "application/yaml", sort.document("dry", 9));
        assertEquals(201, dry.statusCode(), dry.body());
        server.json(404, "GET", sort.path() + "/dry", "");

        JsonNode list = server.json(200, "GET", sort.everywhere() + selector(sort), "");
        assertEquals(sort.kind() + "List", list.path("kind").asString(""));
        assertEquals(1, list.path("items").size());
        String revision = list.path("metadata").path("resourceVersion").asString("");

        JsonNode patched = server.patch(200, sort.path() + "/one", json(sort.change()));
        assertContains(Json.MAPPER.readTree(json(sort.change())), patched, sort.name());
        assertNotEquals(
                made.path("metadata").path("resourceVersion"),
                patched.path("metadata").path("resourceVersion"));
        ObjectNode wanted = (ObjectNode) patched.deepCopy();
        wanted.withObject("/metadata/annotations").put("updated", "true");
        JsonNode updated = server.json(200, "PUT", sort.path() + "/one", wanted.toString());
        assertEquals(
                "true",
                updated.path("metadata").path("annotations").path("updated").asString(""));
        server.json(409, "PUT", sort.path() + "/one", wanted.toString().replace("\"true\"", "\"stale\""));
        server.json(200, "DELETE", sort.path() + "/one?propagationPolicy=Background&gracePeriodSeconds=0", "");
        server.json(404, "GET", sort.path() + "/one", "");
        List<String> told = new ArrayList<>(List.of("MODIFIED", "MODIFIED", "DELETED"));
        if (sort.plural().equals("pods")) {
            told.addFirst("MODIFIED");
        }
        assertEquals(told, events(sort, revision));
    }

    /// The types of events after a revision up to the deletion.
    private static List<String> events(Sort sort, String revision) throws Exception {
        String path = sort.path() + selector(sort) + "&watch=true&resourceVersion=" + revision;
        HttpRequest request = HttpRequest.newBuilder(server.uri(path)).build();
        List<String> types = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                watcher.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            while (!types.contains("DELETED")) {
                JsonNode event = Json.MAPPER.readTree(lines.readLine());
                assertEquals(sort.kind(), event.path("object").path("kind").asString(""));
                types.add(event.path("type").asString(""));
            }
        }
        return types;
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void aCollectionIsListedAndDeletedBySelector(Sort sort) throws Exception {
        for (int i = 2; i < 5; i++) {
            create(sort, "of-many-" + i, i);
        }
        server.patch(200, sort.path() + "/of-many-4", "{\"metadata\":{\"labels\":{\"walk\":\"other\"}}}");
        assertEquals(
                2,
                server.json(200, "GET", sort.path() + selector(sort), "")
                        .path("items")
                        .size());
        server.json(
                200, "DELETE", sort.path() + selector(sort) + "&propagationPolicy=Background&gracePeriodSeconds=0", "");
        assertEquals(
                0,
                server.json(200, "GET", sort.everywhere() + selector(sort), "")
                        .path("items")
                        .size());
        server.json(200, "GET", sort.path() + "/of-many-4", "");
        server.json(200, "DELETE", sort.path() + "/of-many-4?propagationPolicy=Background&gracePeriodSeconds=0", "");
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void theStatusIsReadPatchedAndReplacedAlone(Sort sort) throws Exception {
        if (sort.status().isEmpty()) {
            return;
        }
        create(sort, "told", 6);
        String status = sort.path() + "/told/status";
        JsonNode wanted = Json.MAPPER.readTree(json(sort.status()));
        JsonNode patched = server.patch(200, status, wanted.toString());
        assertContains(wanted, patched, sort.name());
        JsonNode read = server.json(200, "GET", status, "");
        assertEquals(patched, read);
        ObjectNode replaced = (ObjectNode) read.deepCopy();
        replaced.withObject("/metadata/annotations").put("by", "status");
        assertContains(wanted, server.json(200, "PUT", status, replaced.toString()), sort.name());
        JsonNode main =
                server.patch(200, sort.path() + "/told", "{\"status\":null,\"metadata\":{\"labels\":{\"l\":\"1\"}}}");
        assertContains(wanted, main, sort.name() + " keeps its status");
        server.json(200, "DELETE", sort.path() + "/told?propagationPolicy=Background&gracePeriodSeconds=0", "");
    }
}
