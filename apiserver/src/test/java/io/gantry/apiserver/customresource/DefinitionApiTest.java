package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.CRDS;
import static io.gantry.apiserver.customresource.CrdServer.JSON;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions as objects of the API, as upstream's conformance tests use them.
class DefinitionApiTest {
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode definition(String plural, String kind) throws Exception {
        ObjectNode definition = CrdServer.fixture("widgets");
        definition.withObject("metadata").put("name", plural + ".api.example.com");
        definition.withObject("metadata").putObject("labels").put("set", "api");
        ObjectNode spec = definition.withObject("spec").put("group", "api.example.com");
        spec.putObject("names").put("plural", plural).put("kind", kind);
        return definition;
    }

    @Test
    void theStatusIsReadAndWritten() throws Exception {
        server.define(definition("statuses", "Status1"));
        String path = CRDS + "/statuses.api.example.com";
        JsonNode status = server.get(path + "/status");
        assertTrue(Conditions.isTrue(status, Conditions.ESTABLISHED));
        ObjectNode changed = (ObjectNode) status;
        Conditions.set(changed, "StatusUpdate", true, "E2E", "set by a test", java.time.Instant.EPOCH);
        changed.withObject("spec").put("scope", "Namespaced");
        JsonNode updated = server.put(200, path + "/status", changed);
        assertTrue(Conditions.isTrue(updated, "StatusUpdate"));
        assertEquals("Cluster", updated.path("spec").path("scope").asString());
        JsonNode patched = server.merge(200, path + "/status", "{\"metadata\":{\"labels\":{\"e2e\":\"patched\"}}}");
        assertEquals(
                "patched", patched.path("metadata").path("labels").path("e2e").asString());
        server.undefine("statuses.api.example.com");
    }

    @Test
    void manyAreListedAndDeletedTogether() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.define(definition("lists" + i, "Lists" + i));
        }
        JsonNode list = server.get(CRDS + "?labelSelector=set%3Dapi");
        assertTrue(list.path("items").size() >= 3);
        server.delete(200, CRDS + "?labelSelector=set%3Dapi");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.get(CRDS + "?labelSelector=set%3Dapi")
                        .path("items")
                        .isEmpty());
    }

    @Test
    void theGroupIsDiscovered() throws Exception {
        server.define(definition("founds", "Found"));
        assertTrue(server.get("/apis/apiextensions.k8s.io/v1").toString().contains("\"customresourcedefinitions\""));
        JsonNode group = server.get("/apis/api.example.com");
        assertEquals(
                "api.example.com/v1",
                group.path("preferredVersion").path("groupVersion").asString());
        assertEquals(2, group.path("versions").size());
        for (String version : List.of("v2", "v2beta1")) {
            JsonNode aggregated = server.call(
                    200,
                    "GET",
                    "/apis",
                    JSON,
                    "",
                    "accept",
                    "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList");
            JsonNode found = aggregated
                    .path("items")
                    .valueStream()
                    .filter(item ->
                            item.path("metadata").path("name").asString().equals("api.example.com"))
                    .findFirst()
                    .orElseThrow();
            JsonNode resource = found.path("versions").get(0).path("resources").get(0);
            assertEquals("founds", resource.path("resource").asString());
            assertEquals("Found", resource.path("responseKind").path("kind").asString());
            assertEquals("Cluster", resource.path("scope").asString());
        }
        server.undefine("founds.api.example.com");
        assertEquals(404, server.send("GET", "/apis/api.example.com", JSON, "").statusCode());
    }

    @Test
    void whatIsNotStructuralIsRefused() throws Exception {
        ObjectNode definition = definition("wrongs", "Wrong");
        for (JsonNode version : definition.path("spec").path("versions")) {
            ((ObjectNode) version)
                    .putObject("schema")
                    .set("openAPIV3Schema", Json.MAPPER.readTree("{\"type\":\"object\",\"properties\":{\"a\":{}}}"));
        }
        JsonNode refused = server.post(422, CRDS, definition.toString());
        assertEquals(
                "CustomResourceDefinition.apiextensions.k8s.io \"wrongs.api.example.com\" is invalid:"
                        + " spec.validation.openAPIV3Schema.properties[a].type: Required value: must not be empty for"
                        + " specified object fields",
                refused.path("message").asString());
    }
}
