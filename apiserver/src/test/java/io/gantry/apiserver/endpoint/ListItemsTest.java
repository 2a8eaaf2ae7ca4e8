package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Items of built-in kinds leave their kind to the list, those of custom resources do not (upstream's typed and
/// unstructured lists).
class ListItemsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEFINITION = """
            {"metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
             "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,
             "schema":{"openAPIV3Schema":{"type":"object"}}}]}}""";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @AutoClose
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static JsonNode list(String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(SERVER.uri(path))
                .header("accept", accept)
                .build();
        return Json.MAPPER.readTree(
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;managed-fields=none"})
    void builtInKinds(String accept) throws Exception {
        String label = accept.contains(";") ? "few" : "all";
        for (String name : new String[] {"a", "b"}) {
            SERVER.json(
                    201,
                    "POST",
                    MAPS,
                    "{\"metadata\":{\"name\":\"" + name + label + "\",\"labels\":{\"own\":\"" + label + "\"}}}");
        }
        JsonNode list = list(MAPS + "?labelSelector=own%3D" + label, accept);
        assertEquals("ConfigMapList", list.path("kind").asString());
        assertEquals(2, list.path("items").size());
        for (JsonNode item : list.path("items")) {
            assertFalse(item.has("kind") || item.has("apiVersion"), item.toString());
            assertEquals(label, item.path("metadata").path("labels").path("own").asString());
        }
        JsonNode one = list(MAPS + "/a" + label, accept);
        assertEquals("ConfigMap", one.path("kind").asString());
    }

    @Test
    void customResources() throws Exception {
        SERVER.json(201, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", DEFINITION);
        String things = "/apis/example.com/v1/namespaces/default/things";
        String thing = "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"a\"}}";
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() ->
                        SERVER.send("POST", things, "application/json", thing).statusCode() == 201);
        JsonNode item = list(things, "application/json").path("items").path(0);
        assertEquals("Thing", item.path("kind").asString());
        assertEquals("example.com/v1", item.path("apiVersion").asString());
    }
}
