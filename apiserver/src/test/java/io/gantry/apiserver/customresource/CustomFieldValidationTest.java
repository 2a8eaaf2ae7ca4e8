package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
                        + " \"spec.bar\", unknown field \"spec.foo\"",
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
    void metadataFirstThenWhatIsPrunedByPath() throws Exception {
        JsonNode refused = server.post(
                400,
                PATH + "?fieldValidation=Strict",
                "{\"z\":1,\"spec\":{\"foo\":1,\"foo\":{},\"bar\":{\"x\":1}},"
                        + "\"metadata\":{\"name\":\"m\",\"z\":1,\"a\":1,\"name\":\"n\"}}");
        assertTrue(
                refused.path("message")
                        .asString()
                        .endsWith("strict decoding error: duplicate field \"spec.foo\", duplicate field"
                                + " \"metadata.name\", unknown field \"metadata.a\", unknown field \"metadata.z\","
                                + " unknown field \"spec.bar\", unknown field \"spec.foo\", unknown field \"z\""),
                refused::toString);
    }

    @Test
    void jsonPatchesByMembers() throws Exception {
        server.post(201, PATH, widget("j", "{\"colour\":\"a\"}"));
        JsonNode refused = server.call(
                422,
                "PATCH",
                PATH + "/j?fieldValidation=Strict",
                "application/json-patch+json",
                "[{\"op\":\"add\",\"path\":\"/spec/y\",\"value\":{\"b\":1,\"b\":2},\"foo\":{\"a\":1,\"a\":2}},"
                        + "{\"op\":\"add\",\"path\":\"/no\",\"path\":\"/spec/a\",\"value\":1}]");
        assertTrue(
                refused.path("message")
                        .asString()
                        .endsWith(
                                "strict decoding error: json patch duplicate field \"[0].value.b\", json patch unknown"
                                        + " field \"[0].foo\", json patch duplicate field \"[1].path\", unknown field"
                                        + " \"spec.a\", unknown field \"spec.y\""),
                refused::toString);
    }

    @Test
    void appliesTellLines() throws Exception {
        String twice =
                "{\"apiVersion\":\"two.example.com/v1beta1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"l\"},\n"
                        + "\"spec\":{\"colour\":\"a\",\n\"colour\":\"b\"}}";
        String path = PATH + "/l?fieldManager=m&fieldValidation=";
        JsonNode refused = server.call(400, "PATCH", path + "Strict", "application/apply-patch+yaml", twice);
        assertEquals(
                "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n"
                        + "  line 3: key \"colour\" already set in map",
                refused.path("message").asString());
        HttpResponse<String> warned = server.send("PATCH", path + "Warn", "application/apply-patch+yaml", twice);
        assertEquals(
                List.of("299 - \"line 3: key \\\"colour\\\" already set in map\""),
                warned.headers().allValues("warning"));
    }

    /// Upstream `customresource/validator.go`, `validateKubeFinalizerName`.
    @Test
    void namesOfNewFinalizersAreWarnedOf() throws Exception {
        String path = PATH + "/f?fieldManager=m&force=true";
        String body = widget("f", "{}").replace("\"name\"", "\"finalizers\":FINALIZERS,\"name\"");
        HttpResponse<String> made = server.send(
                "PATCH",
                path,
                "application/apply-patch+yaml",
                body.replace("FINALIZERS", "[\"plain\",\"a.b\",\"c/d\",\"orphan\"]"));
        assertEquals(
                List.of(
                        "299 - \"metadata.finalizers: \\\"a.b\\\": prefer a domain-qualified finalizer name including a path"
                                + " (/) to avoid accidental conflicts with other finalizer writers\"",
                        "299 - \"metadata.finalizers: \\\"plain\\\": prefer a domain-qualified finalizer name to avoid"
                                + " accidental conflicts with other finalizer writers\""),
                made.headers().allValues("warning"));
        HttpResponse<String> changed = server.send(
                "PATCH", path, "application/apply-patch+yaml", body.replace("FINALIZERS", "[\"plain\",\"c/e\"]"));
        assertEquals(200, changed.statusCode());
        assertEquals(List.of(), changed.headers().allValues("warning"));
    }

    /// The store asks for a revision, and takes what is none for nothing (upstream `etcd3/store.go`, `Create`).
    @Test
    void aVersionThatIsNoNumberDoesNotHinderCreation() throws Exception {
        for (String version : List.of("0", "no-number", "99999999999999999999")) {
            JsonNode made = server.post(
                    201,
                    PATH,
                    "{\"metadata\":{\"generateName\":\"v\",\"resourceVersion\":\"" + version + "\"},\"spec\":{}}");
            assertNotEquals(
                    version, made.path("metadata").path("resourceVersion").asString());
        }
        server.post(400, PATH, "{\"metadata\":{\"name\":\"w\",\"resourceVersion\":\"7\"},\"spec\":{}}");
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
