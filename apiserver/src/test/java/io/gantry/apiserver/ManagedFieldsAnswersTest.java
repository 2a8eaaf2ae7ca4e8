package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Managed fields stay away from those who ask for objects without them, and from nobody else.
class ManagedFieldsAnswersTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String JSON = "application/json";
    private static final String WITHOUT = "application/json;managed-fields=none";
    private static final String METADATA = ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String METADATA_LIST = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @AutoClose
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        send("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"managedFields\":\"[1]\"}}");
    }

    private static String send(String method, String path, String accept, String body) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(SERVER.uri(path))
                        .header("accept", accept)
                        .header("content-type", JSON)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(2, answer.statusCode() / 100, answer.body());
        return answer.body();
    }

    private static int entries(JsonNode object) {
        assertEquals("a", object.path("metadata").path("name").asString());
        return object.path("metadata").path("managedFields").size();
    }

    private static int item(String path, String accept) throws Exception {
        JsonNode items = Json.MAPPER.readTree(send("GET", path, accept, "")).path("items");
        return entries(items.get(0));
    }

    @Test
    void objectsAndLists() throws Exception {
        String one = MAPS + "/a";
        String named = MAPS + "?fieldSelector=metadata.name%3Da";
        assertEquals(1, entries(Json.MAPPER.readTree(send("GET", one, JSON, ""))));
        JsonNode without = Json.MAPPER.readTree(send("GET", one, WITHOUT, ""));
        assertEquals(0, entries(without));
        assertEquals("[1]", without.path("data").path("managedFields").asString());
        assertEquals(0, entries(Json.MAPPER.readTree(send("GET", one, WITHOUT + METADATA, ""))));
        assertEquals(1, entries(Json.MAPPER.readTree(send("GET", one, JSON + METADATA, ""))));
        assertEquals(1, item(named, JSON));
        assertEquals(0, item(named, WITHOUT));
        assertEquals(1, item(named, JSON + METADATA_LIST));
        assertEquals(0, item(named, WITHOUT + METADATA_LIST));
    }

    @Test
    void watches() throws Exception {
        for (String form : new String[] {"", METADATA}) {
            assertTrue(entries(watched(JSON + form)) > 0);
            assertEquals(0, entries(watched(WITHOUT + form)));
        }
        assertTrue(entries(watched("application/json;stream=watch")) > 0);
    }

    /// The object of a watch's first event.
    private static JsonNode watched(String accept) throws Exception {
        HttpResponse<InputStream> answer = CLIENT.send(
                HttpRequest.newBuilder(SERVER.uri(MAPS + "?watch=true&fieldSelector=metadata.name%3Da"))
                        .header("accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            return Json.MAPPER.readTree(lines.readLine()).path("object");
        }
    }

    @Test
    void anUpdateOfWhatCameWithoutKeepsThem() throws Exception {
        String one = MAPS + "/a";
        ObjectNode read = (ObjectNode) Json.MAPPER.readTree(send("GET", one, WITHOUT, ""));
        read.withObject("/metadata").withObject("/labels").put("b", "c");
        String answer = send("PUT", one, WITHOUT, read.toString());
        assertEquals(0, entries(Json.MAPPER.readTree(answer)));
        String now = send("GET", one, JSON, "");
        assertTrue(entries(Json.MAPPER.readTree(now)) > 0);
        assertTrue(now.contains("f:labels"), now);
        assertTrue(now.contains("f:data"), now);
        assertFalse(answer.contains("f:labels"), answer);
    }
}
