package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.CRDS;
import static io.gantry.apiserver.customresource.CrdServer.JSON;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The life of CustomResourceDefinitions, and several versions.
class DefinitionLifeTest {
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode definition(String plural, String kind, String group) throws Exception {
        ObjectNode definition = CrdServer.fixture("widgets");
        definition.withObject("metadata").put("name", plural + "." + group);
        ObjectNode spec = definition.withObject("spec").put("group", group);
        spec.putObject("names").put("plural", plural).put("kind", kind);
        return definition;
    }

    @Test
    void namesAreGivenOnce() throws Exception {
        server.define(definition("firsts", "First", "names.example.com"));
        ObjectNode second = definition("seconds", "First", "names.example.com");
        server.post(201, CRDS, second.toString());
        String path = CRDS + "/seconds.names.example.com";
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !Conditions.find(server.get(path), "NamesAccepted").isMissingNode());
        JsonNode refused = server.get(path);
        assertEquals(
                "ListKindConflict",
                Conditions.find(refused, "NamesAccepted").path("reason").asString());
        assertEquals(
                "NotAccepted",
                Conditions.find(refused, "Established").path("reason").asString());
        assertEquals(
                404,
                server.send("GET", "/apis/names.example.com/v1/seconds", JSON, "")
                        .statusCode());
        server.undefine("firsts.names.example.com");
        server.established("seconds.names.example.com");
        server.undefine("seconds.names.example.com");
    }

    @Test
    void aDefinitionWithoutReadableCertificatesIsNotServed() throws Exception {
        ObjectNode definition = definition("bundles", "Bundle", "bundles.example.com");
        ObjectNode webhook = definition
                .withObject("spec")
                .putObject("conversion")
                .put("strategy", "Webhook")
                .putObject("webhook");
        webhook.putArray("conversionReviewVersions").add("v1");
        webhook.putObject("clientConfig").put("url", "https://127.0.0.1:1").put("caBundle", "Cg==");
        server.post(201, CRDS, definition.toString());
        String path = CRDS + "/bundles.bundles.example.com";
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Conditions.isTrue(server.get(path), Conditions.NAMES_ACCEPTED));
        JsonNode refused = Conditions.find(server.get(path), Conditions.ESTABLISHED);
        assertEquals("InvalidCABundle", refused.path("reason").asString());
        assertEquals("False", refused.path("status").asString());
        String client = "{\"spec\":{\"conversion\":{\"webhook\":{\"clientConfig\":{\"caBundle\":%s}}}}}";
        server.merge(200, path, client.formatted("null"));
        server.established("bundles.bundles.example.com");
        server.merge(422, path, client.formatted("\"Cg==\""));
        server.undefine("bundles.bundles.example.com");
    }

    /// As servers before 1.22 left them, which newer ones do not take.
    @Test
    void anOldDefinitionCanBeDeleted() throws Exception {
        ObjectNode old = definition("olds", "Old", "olds.example.com");
        old.withObject("metadata").put("uid", "u").put("creationTimestamp", "2020-01-01T00:00:00Z");
        old.withObject("metadata").putArray("finalizers").add("customresourcecleanup.apiextensions.k8s.io");
        old.withObject("spec").put("preserveUnknownFields", true);
        old.withObject("spec").path("versions").forEach(version -> ((ObjectNode) version).remove("schema"));
        old.putObject("status").putArray("storedVersions").add("v1beta1");
        server.store()
                .create(
                        "/registry/apiextensions.k8s.io/customresourcedefinitions/olds.olds.example.com",
                        old.toString().getBytes(StandardCharsets.UTF_8),
                        0);
        server.established("olds.olds.example.com");
        server.undefine("olds.olds.example.com");
    }

    @Test
    void deletingADefinitionDeletesItsObjects() throws Exception {
        JsonNode first = server.define(definition("gones", "Gone", "gone.example.com"));
        String base = "/apis/gone.example.com/v1/gones";
        server.post(201, base, "{\"metadata\":{\"name\":\"a\"}}");
        server.post(201, base, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/wait\"]}}");
        JsonNode deleted = server.delete(200, CRDS + "/gones.gone.example.com");
        assertTrue(deleted.path("metadata").has("deletionTimestamp"));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.get(base).path("items").size() == 1);
        HttpResponse<String> refused = server.send("POST", base, JSON, "{\"metadata\":{\"name\":\"b\"}}");
        assertEquals(405, refused.statusCode());
        server.merge(200, base + "/held", "{\"metadata\":{\"finalizers\":null}}");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.send("GET", CRDS + "/gones.gone.example.com", JSON, "")
                                .statusCode()
                        == 404);
        assertEquals(404, server.send("GET", base, JSON, "").statusCode());
        assertFalse(server.get("/apis").toString().contains("gone.example.com"));
        JsonNode again = server.define(definition("gones", "Gone", "gone.example.com"));
        assertFalse(
                again.path("metadata").path("uid").equals(first.path("metadata").path("uid")));
        assertEquals(0, server.get(base).path("items").size());
        server.undefine("gones.gone.example.com");
    }

    @Test
    void versionsConvertByName() throws Exception {
        server.define("widgets");
        HttpResponse<String> made = server.send(
                "POST", "/apis/two.example.com/v1beta1/widgets", JSON, "{\"metadata\":{\"name\":\"w\"},\"spec\":{}}");
        assertEquals(
                "299 - \"two.example.com/v1beta1 Widget is deprecated; use two.example.com/v1 Widget\"",
                made.headers().firstValue("warning").orElse(""));
        HttpResponse<String> missing = server.send("GET", "/apis/two.example.com/v1beta1/widgets/w/scale", JSON, "");
        assertEquals(404, missing.statusCode());
        assertEquals(made.headers().firstValue("warning"), missing.headers().firstValue("warning"));
        JsonNode stable = server.get("/apis/two.example.com/v1/widgets/w");
        assertEquals("two.example.com/v1", stable.path("apiVersion").asString());
        assertEquals("{\"colour\":\"red\"}", stable.path("spec").toString());
        JsonNode changed = server.merge(200, "/apis/two.example.com/v1/widgets/w", "{\"spec\":{\"colour\":\"blue\"}}");
        assertEquals("two.example.com/v1", changed.path("apiVersion").asString());
        assertEquals(
                "{\"colour\":\"blue\"}",
                server.get("/apis/two.example.com/v1beta1/widgets/w")
                        .path("spec")
                        .toString());
        assertEquals(
                "two.example.com/v1",
                server.get("/apis/two.example.com/v1/widgets")
                        .path("items")
                        .get(0)
                        .path("apiVersion")
                        .asString());
        server.undefine("widgets.two.example.com");
    }

    @Test
    void theStorageVersionMoves() throws Exception {
        ObjectNode definition = (ObjectNode) server.define(definition("moves", "Move", "move.example.com"));
        server.post(
                201, "/apis/move.example.com/v1/moves", "{\"metadata\":{\"name\":\"m\"},\"spec\":{\"colour\":\"c\"}}");
        ((ObjectNode) definition.path("spec").path("versions").get(0)).put("storage", false);
        ((ObjectNode) definition.path("spec").path("versions").get(1)).put("storage", true);
        JsonNode moved = server.put(200, CRDS + "/moves.move.example.com", definition);
        assertEquals(
                "[\"v1beta1\",\"v1\"]",
                moved.path("status").path("storedVersions").toString());
        assertEquals(
                "c",
                server.get("/apis/move.example.com/v1/moves/m")
                        .path("spec")
                        .path("colour")
                        .asString());
        ObjectNode stopped = (ObjectNode) server.get(CRDS + "/moves.move.example.com");
        ((ObjectNode) stopped.path("spec").path("versions").get(0)).put("served", false);
        server.put(200, CRDS + "/moves.move.example.com", stopped);
        assertEquals(
                404,
                server.send("GET", "/apis/move.example.com/v1beta1/moves", JSON, "")
                        .statusCode());
        assertEquals(
                "m",
                server.get("/apis/move.example.com/v1/moves")
                        .path("items")
                        .get(0)
                        .path("metadata")
                        .path("name")
                        .asString());
        server.undefine("moves.move.example.com");
    }

    /// Stored in its second version, of which the first may know all fields.
    private static ObjectNode applies(String plural, boolean knowsAll) throws Exception {
        ObjectNode definition = definition(plural, "Applied" + plural, "apply.example.com");
        ObjectNode first = (ObjectNode) definition.path("spec").path("versions").get(0);
        first.put("storage", false);
        ((ObjectNode) definition.path("spec").path("versions").get(1)).put("storage", true);
        if (knowsAll) {
            first.withObject("/schema/openAPIV3Schema/properties/spec/properties/weight")
                    .put("type", "integer");
        }
        return definition;
    }

    private static JsonNode apply(int code, String plural, String version, String spec) throws Exception {
        return server.call(
                code,
                "PATCH",
                "/apis/apply.example.com/" + version + "/" + plural + "/a?fieldManager=m",
                "application/apply-patch+yaml",
                "{\"apiVersion\":\"apply.example.com/" + version + "\",\"kind\":\"Applied" + plural
                        + "\",\"metadata\":{\"name\":\"a\"},\"spec\":" + spec + "}");
    }

    @Test
    void whoAppliesInAnotherVersionIsStillTheSame() throws Exception {
        server.define(applies("applies", true));
        apply(201, "applies", "v1beta1", "{\"colour\":\"blue\"}");
        JsonNode applied = apply(200, "applies", "v1", "{\"weight\":3}");
        assertEquals(1, applied.path("metadata").path("managedFields").size());
        assertEquals(3, applied.path("spec").path("weight").asInt());
        assertFalse(applied.path("spec").has("colour"));
        server.undefine("applies.apply.example.com");
    }

    @Test
    void whatTheVersionOfAManagerLacksHindersAnApply() throws Exception {
        server.define(applies("lacks", false));
        apply(201, "lacks", "v1beta1", "{\"colour\":\"blue\"}");
        assertEquals(
                ".spec.weight: field not declared in schema",
                apply(500, "lacks", "v1", "{\"colour\":\"red\"}")
                        .path("message")
                        .asString());
        server.undefine("lacks.apply.example.com");
    }

    @Test
    void serversSeeEachOthersDefinitions() throws Exception {
        try (CrdServer other = new CrdServer(server.store())) {
            server.define(definition("shareds", "Shared", "shared.example.com"));
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> other.send("GET", "/apis/shared.example.com/v1/shareds", JSON, "")
                                    .statusCode()
                            == 200);
            other.post(201, "/apis/shared.example.com/v1/shareds", "{\"metadata\":{\"name\":\"a\"}}");
            server.get("/apis/shared.example.com/v1/shareds/a");
            other.undefine("shareds.shared.example.com");
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> server.send("GET", "/apis/shared.example.com/v1/shareds", JSON, "")
                                    .statusCode()
                            == 404);
        }
    }

    @Test
    void aRestartedServerServesWhatIsDefined() throws Exception {
        server.define(definition("keeps", "Keep", "keep.example.com"));
        try (CrdServer other = new CrdServer(server.store())) {
            other.get("/apis/keep.example.com/v1/keeps");
        }
        server.undefine("keeps.keep.example.com");
    }
}
