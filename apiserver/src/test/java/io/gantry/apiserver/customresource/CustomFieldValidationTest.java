package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Server-side field validation of custom resources.
class CustomFieldValidationTest {
    private static final String PATH = "/apis/two.example.com/v1beta1/widgets";
    private static final String OPEN = "/apis/open.example.com/v1/opens";
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        ObjectNode widgets = CrdServer.fixture("widgets");
        ((ObjectNode) widgets.path("spec").path("versions").get(0)).remove("deprecated");
        server.define(widgets);
        ObjectNode open = CrdServer.fixture("widgets");
        open.withObject("metadata").put("name", "opens.open.example.com");
        open.withObject("spec")
                .put("group", "open.example.com")
                .putObject("names")
                .put("plural", "opens")
                .put("kind", "Open");
        for (JsonNode version : open.path("spec").path("versions")) {
            ((ObjectNode) version)
                    .withObject("schema")
                    .putObject("openAPIV3Schema")
                    .put("type", "object")
                    .put("x-kubernetes-preserve-unknown-fields", true);
        }
        server.define(open);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String widget(String name, String spec) {
        return "{\"apiVersion\":\"two.example.com/v1beta1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":" + spec + "}";
    }

    @Test
    void unknownFieldsWithoutSchemaAreKept() throws Exception {
        server.post(201, OPEN + "?fieldValidation=Strict", "{\"metadata\":{\"name\":\"a\"},\"foo\":{\"b\":1}}");
        JsonNode refused = server.post(
                400, OPEN + "?fieldValidation=Strict", "{\"metadata\":{\"name\":\"b\",\"unknownMeta\":1},\"foo\":1}");
        assertTrue(
                refused.path("message").asString().contains("unknown field \"metadata.unknownMeta\""),
                refused::toString);
    }

    @Test
    void unknownFieldsByMode() throws Exception {
        JsonNode refused = server.post(
                400, PATH + "?fieldValidation=Strict", widget("u", "{\"colour\":\"c\",\"foo\":1,\"bar\":2}"));
        assertEquals(
                "Widget in version \"v1beta1\" cannot be handled as a Widget: strict decoding error: unknown field"
                        + " \"spec.foo\", unknown field \"spec.bar\"",
                refused.path("message").asString());
        HttpResponse<String> warned =
                server.send("POST", PATH + "?fieldValidation=Warn", "application/json", widget("u", "{\"foo\":1}"));
        assertEquals(201, warned.statusCode());
        assertEquals(
                List.of("299 - \"unknown field \\\"spec.foo\\\"\""),
                warned.headers().allValues("warning"));
        HttpResponse<String> ignored =
                server.send("POST", PATH + "?fieldValidation=Ignore", "application/json", widget("i", "{\"foo\":1}"));
        assertTrue(ignored.headers().allValues("warning").isEmpty());
        JsonNode patched = server.call(
                422, "PATCH", PATH + "/u?fieldValidation=Strict", CrdServer.MERGE, "{\"spec\":{\"foo\":2}}");
        assertTrue(patched.path("message").asString().contains("unknown field \"spec.foo\""), patched::toString);
        server.call(
                500,
                "PATCH",
                PATH + "/u?fieldManager=m&fieldValidation=Strict",
                "application/apply-patch+yaml",
                widget("u", "{\"foo\":1}"));
    }

    @Test
    void duplicateFields() throws Exception {
        String twice = widget("d", "{\"colour\":\"a\",\"colour\":\"b\"}");
        JsonNode refused = server.post(400, PATH + "?fieldValidation=Strict", twice);
        assertTrue(refused.path("message").asString().contains("duplicate field \"spec.colour\""), refused::toString);
        HttpResponse<String> warned = server.send("POST", PATH, "application/json", twice);
        assertEquals(
                List.of("299 - \"duplicate field \\\"spec.colour\\\"\""),
                warned.headers().allValues("warning"));
        HttpResponse<String> yaml = server.send(
                "POST",
                PATH + "?fieldValidation=Strict",
                "application/yaml",
                "apiVersion: two.example.com/v1beta1\nkind: Widget\nmetadata: {name: yaml}\nspec:\n  colour: a\n  colour: b\n");
        assertEquals(400, yaml.statusCode());
        assertTrue(yaml.body().contains("already set in map"), yaml::body);
    }

    @Test
    void whatIsValidIsApplied() throws Exception {
        JsonNode applied = server.call(
                201,
                "PATCH",
                PATH + "/v?fieldManager=m&fieldValidation=Strict",
                "application/apply-patch+yaml",
                widget("v", "{\"colour\":\"c\"}"));
        assertEquals("c", applied.path("spec").path("colour").asString());
    }

    @Test
    void metadataMustFit() throws Exception {
        server.post(400, PATH, "{\"metadata\":{\"name\":\"m\",\"labels\":{\"a\":1}}}");
        server.post(422, PATH, "{\"metadata\":{\"name\":\"m\",\"labels\":{\"a\":\"?\"}}}");
        server.post(422, PATH, "{\"metadata\":{\"name\":\"M\"}}");
    }
}
