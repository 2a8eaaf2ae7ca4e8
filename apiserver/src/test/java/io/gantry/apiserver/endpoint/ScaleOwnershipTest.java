package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who owns the replicas of an object that is written through `/scale`, and what patches that do not fit are answered.
class ScaleOwnershipTest {
    private static final String PATH = "/apis/apps/v1/namespaces/default/deployments/";
    private static final String DEPLOYMENT = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"NAME"},"spec":{"replicas":1,
            "selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"containers":[{"name":"c","image":"i"}]}}}}""";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static JsonNode call(int code, String method, String path, String type, String body) throws Exception {
        HttpResponse<String> answer = SERVER.send(method, PATH + path, type, body);
        assertEquals(code, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    /// `manager operation subresource` of each owner, and whether it owns the replicas.
    private static Map<String, Boolean> owners(JsonNode object) {
        Map<String, Boolean> owners = new TreeMap<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            String name = entry.path("manager").asString() + " "
                    + entry.path("operation").asString() + " "
                    + entry.path("apiVersion").asString() + " "
                    + entry.path("subresource").asString("");
            owners.put(name, entry.path("fieldsV1").path("f:spec").has("f:replicas"));
        }
        return owners;
    }

    private static String scale(int replicas) {
        return "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"spec\":{\"replicas\":" + replicas + "}}";
    }

    @Test
    void itsSelectorIsInOrder() throws Exception {
        String labels = "{\"b\":\"1\",\"a\":\"2\"}";
        call(
                201,
                "PATCH",
                "ordered?fieldManager=m",
                APPLY,
                DEPLOYMENT.replace("NAME", "ordered").replace("{\"a\":\"b\"}", labels));
        assertEquals(
                "a=2,b=1",
                call(200, "GET", "ordered/scale", "", "")
                        .path("status")
                        .path("selector")
                        .asString());
    }

    @Test
    void replicasMoveBetweenManagers() throws Exception {
        String web = DEPLOYMENT.replace("NAME", "web");
        call(201, "PATCH", "web?fieldManager=owner", APPLY, web);
        assertFalse(call(200, "GET", "web/scale", "", "").path("metadata").has("managedFields"));
        JsonNode conflict = call(409, "PATCH", "web/scale?fieldManager=other", APPLY, scale(3));
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"owner\": .spec.replicas",
                conflict.path("message").asString());
        JsonNode forced = call(200, "PATCH", "web/scale?fieldManager=other&force=true", APPLY, scale(3));
        assertEquals(3, forced.path("spec").path("replicas").asInt());
        assertFalse(forced.path("metadata").has("managedFields"));
        assertEquals(
                Map.of("other Apply apps/v1 scale", true, "owner Apply apps/v1 ", false),
                owners(call(200, "GET", "web", "", "")));
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"other\" with subresource \"scale\": .spec.replicas",
                call(409, "PATCH", "web?fieldManager=owner", APPLY, web)
                        .path("message")
                        .asString());
        call(200, "PATCH", "web/scale?fieldManager=updater", MERGE, "{\"spec\":{\"replicas\":5}}");
        assertEquals(
                Map.of("updater Update apps/v1 scale", true, "owner Apply apps/v1 ", false),
                owners(call(200, "GET", "web", "", "")));
        call(200, "PATCH", "web?fieldManager=owner&force=true", APPLY, web);
        assertEquals(Map.of("owner Apply apps/v1 ", true), owners(call(200, "GET", "web", "", "")));
    }

    @Test
    void theSameReplicasChangeNoOwner() throws Exception {
        call(201, "PATCH", "same?fieldManager=owner", APPLY, DEPLOYMENT.replace("NAME", "same"));
        call(200, "PUT", "same/scale?fieldManager=s", "application/json", """
                {"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"same"},"spec":{"replicas":1}}""");
        assertEquals(Map.of("owner Apply apps/v1 ", true), owners(call(200, "GET", "same", "", "")));
        call(200, "PATCH", "same/scale?fieldManager=s", APPLY, scale(1));
        assertEquals(
                Map.of("owner Apply apps/v1 ", true, "s Apply apps/v1 scale", true),
                owners(call(200, "GET", "same", "", "")));
    }

    private static final String NAMED_SCALE = "{\"metadata\":{\"name\":\"no\"},\"spec\":{\"replicas\":-1}}";

    @Test
    void whatIsNoScaleIsRefused() throws Exception {
        call(201, "PATCH", "no?fieldManager=owner", APPLY, DEPLOYMENT.replace("NAME", "no"));
        for (String[] each : new String[][] {
            {"400", "PUT", "application/json", DEPLOYMENT.replace("NAME", "no"), "unknown conversion"},
            {"422", "PUT", "application/json", NAMED_SCALE, "spec.replicas: Invalid value: -1"},
            {"409", "PATCH", MERGE, "{\"metadata\":{\"uid\":\"x\"}}", "deployments/scale.apps \"no\": Precondition"},
            {"409", "PATCH", MERGE, "{\"metadata\":{\"resourceVersion\":\"1\"}}", "has been modified"},
            {"422", "PATCH", MERGE, "{\"spec\":{\"replicas\":\"x\"}}", " \"\" is invalid: patch: Invalid value: "},
            {"400", "PATCH", APPLY, DEPLOYMENT.replace("NAME", "no"), "invalid object type: apps/v1, Kind=Deployment"},
            {
                "500",
                "PATCH",
                APPLY,
                "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"spec\":{\"no\":1}}",
                "failed to create typed patch object (/; autoscaling/v1, Kind=Scale): .spec.no: field not"
            },
        }) {
            String path = "no/scale?fieldManager=owner" + (each[2].equals(APPLY) ? "&force=true" : "");
            JsonNode status = call(Integer.parseInt(each[0]), each[1], path, each[2], each[3]);
            assertTrue(status.path("message").asString().contains(each[4]), status::toString);
        }
        call(404, "PATCH", "absent/scale?fieldManager=owner", APPLY, scale(1));
    }

    @Test
    void patchesThatDoNotFitSayWhatTheyLeave() throws Exception {
        call(201, "PATCH", "fit?fieldManager=owner", APPLY, DEPLOYMENT.replace("NAME", "fit"));
        String strategic = "application/strategic-merge-patch+json";
        JsonNode status = call(422, "PATCH", "fit", strategic, "{\"spec\":{\"replicas\":\"two\",\"paused\":null}}");
        assertEquals(
                " \"\" is invalid: patch: Invalid value: \"map[spec:map[paused:<nil> replicas:two]]\":"
                        + " unrecognized type: int32",
                status.path("message").asString());
        assertEquals(
                "patch",
                status.path("details").path("causes").path(0).path("field").asString());
        status = call(422, "PATCH", "fit", strategic, "{\"spec\":{\"replicas\":1.5}}");
        assertTrue(status.path("message").asString().endsWith("\": cannot convert float64 to int32"), status::toString);
        JsonNode whole = call(200, "PATCH", "fit", strategic, "{\"spec\":{\"replicas\":2.0}}");
        assertEquals("2", whole.path("spec").path("replicas").toString());
        status = call(422, "PATCH", "fit?fieldValidation=Strict", strategic, "{\"spec\":{\"foo\":1}}");
        assertEquals(
                " \"\" is invalid: patch: Invalid value: \"map[spec:map[foo:1]]\": strict decoding error: unknown field"
                        + " \"spec.foo\"",
                status.path("message").asString());
        status = call(422, "PATCH", "fit", MERGE, "{\"spec\":{\"replicas\":\"two\"}}");
        String message = status.path("message").asString();
        assertTrue(message.contains("\\\"replicas\\\":\\\"two\\\""), message);
        assertTrue(
                message.endsWith(
                        "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type"
                                + " int32"),
                message);
        status = call(
                422,
                "PATCH",
                "fit?fieldValidation=Strict",
                "application/json-patch+json",
                "[{\"op\":\"add\",\"path\":\"/spec/foo\",\"value\":1,\"bar\":2}]");
        assertTrue(
                status.path("message")
                        .asString()
                        .endsWith("strict decoding error: json patch unknown field \"[0].bar\", unknown field"
                                + " \"spec.foo\""),
                status::toString);
        status = call(422, "PATCH", "fit", strategic, "{\"metadata\":{\"labels\":{\"a\":1}}}");
        assertTrue(status.path("message").asString().endsWith("cannot convert int64 to string"), status::toString);
    }
}
