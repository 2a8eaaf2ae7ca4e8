package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.CRDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.webhook.WebhookServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Admission webhooks and custom resources.
class CustomResourceWebhooksTest {
    private static final String CONFIGS = "/apis/admissionregistration.k8s.io/v1/";
    private static final String BETA = "/apis/two.example.com/v1beta1/widgets";
    private static final String V1 = "/apis/two.example.com/v1/widgets";
    private static CrdServer server;
    private static WebhookServer hook;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        hook = new WebhookServer()
                .on("/deny", review -> answer(review, !isRefused(review), ""))
                .on(
                        "/first",
                        review -> answer(review, true, "{\"op\":\"add\",\"path\":\"/spec/colour\",\"value\":\"one\"}"))
                .on(
                        "/second",
                        review -> answer(
                                review,
                                true,
                                "{\"op\":\"add\",\"path\":\"/spec/unknown\",\"value\":\"two\"},"
                                        + "{\"op\":\"replace\",\"path\":\"/spec/colour\",\"value\":\"two\"}"))
                .on(
                        "/status",
                        review -> answer(
                                review,
                                true,
                                "{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"count\":\""
                                        + review.path("request")
                                                .path("object")
                                                .path("status")
                                                .path("count")
                                        + "\"}},{\"op\":\"add\",\"path\":\"/status\",\"value\":{\"seen\":true}}"));
        server.define("widgets");
    }

    @AfterAll
    static void stop() {
        server.close();
        hook.close();
    }

    private static boolean isRefused(ObjectNode review) {
        JsonNode request = review.path("request");
        JsonNode object = request.path(request.path("operation").asString().equals("DELETE") ? "oldObject" : "object");
        return object.path("metadata").path("labels").has("refused");
    }

    private static ObjectNode answer(ObjectNode review, boolean allowed, String operations) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode response = answer.putObject("response");
        response.put("uid", review.path("request").path("uid").asString()).put("allowed", allowed);
        if (!allowed) {
            response.putObject("status").put("message", "no such thing");
        }
        if (!operations.isEmpty()) {
            String patch =
                    Base64.getEncoder().encodeToString(("[" + operations + "]").getBytes(StandardCharsets.UTF_8));
            response.put("patchType", "JSONPatch").put("patch", patch);
        }
        return answer;
    }

    private static String webhook(String path, String group, String resources) {
        return "{\"name\":\"" + path.substring(1) + ".example.com\",\"clientConfig\":" + hook.clientConfig(path)
                + ",\"rules\":[{\"operations\":[\"*\"],\"apiGroups\":[\"" + group
                + "\"],\"apiVersions\":[\"*\"],\"resources\":[\"" + resources
                + "\"]}],\"sideEffects\":\"None\",\"admissionReviewVersions\":[\"v1\"]}";
    }

    private static void configure(String kind, String name, String webhooks) throws Exception {
        server.post(
                201,
                CONFIGS + kind.toLowerCase(java.util.Locale.ROOT) + "webhookconfigurations",
                "{\"metadata\":{\"name\":\"" + name + "\"},\"webhooks\":[" + webhooks + "]}");
    }

    private static void forget(String kind, String name) throws Exception {
        server.delete(200, CONFIGS + kind.toLowerCase(java.util.Locale.ROOT) + "webhookconfigurations/" + name);
    }

    @Test
    void creationsChangesAndDeletionsAreDenied() throws Exception {
        configure("Validating", "deny", webhook("/deny", "two.example.com", "widgets"));
        JsonNode refused =
                server.post(400, V1, "{\"metadata\":{\"name\":\"d\",\"labels\":{\"refused\":\"\"}},\"spec\":{}}");
        assertEquals(
                "admission webhook \"deny.example.com\" denied the request: no such thing",
                refused.path("message").asString());
        server.post(201, V1, "{\"metadata\":{\"name\":\"d\"},\"spec\":{}}");
        server.merge(400, V1 + "/d", "{\"metadata\":{\"labels\":{\"refused\":\"\"}}}");
        forget("Validating", "deny");
        server.merge(200, V1 + "/d", "{\"metadata\":{\"labels\":{\"refused\":\"\"}}}");
        configure("Validating", "deny", webhook("/deny", "two.example.com", "widgets"));
        server.delete(400, V1 + "/d");
        forget("Validating", "deny");
        server.delete(200, V1 + "/d");
    }

    @Test
    void definitionsAreDenied() throws Exception {
        configure("Validating", "definitions", webhook("/deny", "apiextensions.k8s.io", "customresourcedefinitions"));
        ObjectNode definition = CrdServer.fixture("postgresqldatabases");
        definition.withObject("metadata").putObject("labels").put("refused", "");
        server.post(400, CRDS, definition.toString());
        forget("Validating", "definitions");
    }

    @Test
    void mutationsArePrunedAndCountInEveryVersion() throws Exception {
        configure(
                "Mutating",
                "mutate",
                webhook("/first", "two.example.com", "widgets") + ","
                        + webhook("/second", "two.example.com", "widgets"));
        JsonNode made = server.post(201, BETA, "{\"metadata\":{\"name\":\"m\"},\"spec\":{}}");
        assertEquals("two", made.path("spec").path("colour").asString());
        assertFalse(made.path("spec").has("unknown"));
        JsonNode other = server.post(201, V1, "{\"metadata\":{\"name\":\"n\"},\"spec\":{}}");
        assertEquals("two.example.com/v1", other.path("apiVersion").asString());
        assertEquals("two", other.path("spec").path("colour").asString());
        ObjectNode definition = (ObjectNode) server.get(CRDS + "/widgets.two.example.com");
        storage(definition, 1);
        JsonNode patched = server.merge(200, BETA + "/m", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertEquals("two.example.com/v1beta1", patched.path("apiVersion").asString());
        assertTrue(patched.path("metadata").path("labels").has("a"));
        assertEquals("two", server.get(V1 + "/m").path("spec").path("colour").asString());
        forget("Mutating", "mutate");
        storage((ObjectNode) server.get(CRDS + "/widgets.two.example.com"), 0);
    }

    @Test
    void theStatusOfANewObjectIsNeitherTheClientsNorAWebhooks() throws Exception {
        server.define(Bodies.yaml("""
                metadata: {name: tallies.three.example.com}
                spec:
                  group: three.example.com
                  scope: Cluster
                  names: {plural: tallies, singular: tally, kind: Tally, listKind: TallyList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}}
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          status:
                            type: object
                            required: [count]
                            properties: {count: {type: integer}, seen: {type: boolean}}
                """.getBytes(StandardCharsets.UTF_8)).tree());
        configure("Mutating", "status", webhook("/status", "three.example.com", "tallies"));
        JsonNode made = server.post(
                201,
                "/apis/three.example.com/v1/tallies",
                "{\"apiVersion\":\"three.example.com/v1\",\"kind\":\"Tally\",\"metadata\":{\"name\":\"s\"},"
                        + "\"status\":{\"count\":1}}");
        forget("Mutating", "status");
        assertFalse(made.has("status"), made.toString());
        assertEquals("1", made.path("metadata").path("labels").path("count").asString());
    }

    private static void storage(ObjectNode definition, int index) throws Exception {
        for (int i = 0; i < 2; i++) {
            ((ObjectNode) definition.path("spec").path("versions").get(i)).put("storage", i == index);
        }
        server.put(200, CRDS + "/widgets.two.example.com", definition);
    }
}
