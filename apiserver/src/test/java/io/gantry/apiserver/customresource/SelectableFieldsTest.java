package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.io.BufferedReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Field selectors of custom resources (KEP-4358).
class SelectableFieldsTest {
    private static final String V1 = "/apis/two.example.com/v1/widgets";
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        ObjectNode widgets = CrdServer.fixture("widgets");
        for (JsonNode version : widgets.path("spec").path("versions")) {
            ArrayNode fields = ((ObjectNode) version).putArray("selectableFields");
            fields.addObject().put("jsonPath", ".spec.colour");
            if (version.path("name").asString().equals("v1")) {
                fields.addObject().put("jsonPath", ".spec.weight");
            }
        }
        server.define(widgets);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int count(String path, String selector) throws Exception {
        return server.get(path + "?fieldSelector=" + selector).path("items").size();
    }

    @Test
    void listsWatchesAndDeletes() throws Exception {
        try (BufferedReader blue = server.watch(V1 + "?watch=1&fieldSelector=spec.colour%3Dblue")) {
            server.post(201, V1, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"colour\":\"red\",\"weight\":3}}");
            server.post(201, V1, "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"colour\":\"blue\"}}");
            JsonNode added = Json.MAPPER.readTree(blue.readLine());
            assertEquals("b", added.path("object").path("metadata").path("name").asString());
            server.merge(200, V1 + "/b", "{\"spec\":{\"colour\":\"red\"}}");
            assertEquals(
                    "DELETED",
                    Json.MAPPER.readTree(blue.readLine()).path("type").asString());
        }
        assertEquals(2, count(V1, "spec.colour%3Dred"));
        assertEquals(1, count(V1, "spec.colour%3Dred,metadata.name%3Da"));
        assertEquals(2, count("/apis/two.example.com/v1beta1/widgets", "spec.colour%3Dred"));
        JsonNode refused = server.call(
                400, "GET", "/apis/two.example.com/v1beta1/widgets?fieldSelector=spec.weight%3D3", JSON, "");
        assertEquals(
                "field label not supported: spec.weight",
                refused.path("message").asString());
        server.delete(200, V1 + "?fieldSelector=spec.colour%3Dred");
        assertEquals(0, server.get(V1).path("items").size());
    }
}
