package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.CRDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.webhook.WebhookServer;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Versions that a webhook converts: v1beta1 has `spec.colour`, v1 has `spec.color`.
class ConversionWebhookTest {
    private static final String V1 = "/apis/hook.example.com/v1/widgets";
    private static final String BETA = "/apis/hook.example.com/v1beta1/widgets";
    private static CrdServer server;
    private static WebhookServer webhook;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        webhook = new WebhookServer()
                .on("/convert", ConversionWebhookTest::convert)
                .on("/count", ConversionWebhookTest::count)
                .on("/broken", 500, "no");
        ObjectNode definition = CrdServer.fixture("widgets");
        definition.withObject("metadata").put("name", "widgets.hook.example.com");
        ObjectNode spec = definition.withObject("spec").put("group", "hook.example.com");
        ObjectNode stable = (ObjectNode) spec.path("versions").get(1);
        ((ObjectNode) spec.path("versions").get(0)).remove("deprecated");
        stable.withObject("schema")
                .set(
                        "openAPIV3Schema",
                        Json.MAPPER.readTree(
                                "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{"
                                        + "\"color\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\",\"default\":3}}}}}"));
        spec.set("conversion", conversion("/convert"));
        selectable(spec.path("versions").get(0), ".spec.colour");
        selectable(stable, ".spec.color");
        server.define(definition);
    }

    private static void selectable(JsonNode version, String path) {
        ((ObjectNode) version).putArray("selectableFields").addObject().put("jsonPath", path);
    }

    private static JsonNode conversion(String path) {
        return Json.MAPPER.readTree("{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],"
                + "\"clientConfig\":" + webhook.clientConfig(path) + "}}");
    }

    private static ObjectNode convert(ObjectNode review) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.set("apiVersion", review.get("apiVersion"));
        answer.set("kind", review.get("kind"));
        ObjectNode response = answer.putObject("response");
        response.set("uid", review.path("request").path("uid"));
        response.putObject("result").put("status", "Success");
        ArrayNode converted = response.putArray("convertedObjects");
        String wanted = review.path("request").path("desiredAPIVersion").asString();
        for (JsonNode object : review.path("request").path("objects")) {
            ObjectNode copy = (ObjectNode) object.deepCopy();
            ObjectNode spec = copy.withObject("spec");
            String from = wanted.endsWith("/v1") ? "colour" : "color";
            String to = wanted.endsWith("/v1") ? "color" : "colour";
            if (spec.has(from)) {
                spec.set(to, spec.remove(from));
            }
            converted.add(copy.put("apiVersion", wanted));
        }
        return answer;
    }

    @AfterAll
    static void stop() {
        server.close();
        webhook.close();
    }

    @Test
    void everyVersionReadsEveryObject() throws Exception {
        server.post(201, V1, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"color\":\"green\"}}");
        JsonNode beta = server.get(BETA + "/a");
        assertEquals("{\"colour\":\"green\"}", beta.path("spec").toString());
        server.post(201, BETA, "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"colour\":\"blue\"}}");
        JsonNode changed = server.merge(200, V1 + "/b", "{\"spec\":{\"color\":\"black\"}}");
        assertEquals("hook.example.com/v1", changed.path("apiVersion").asString());
        List<String> colors = new ArrayList<>();
        JsonNode list = server.get(V1);
        list.path("items")
                .forEach(item -> colors.add(item.path("apiVersion").asString()
                        + item.path("spec").path("color").asString()));
        assertEquals(List.of("hook.example.com/v1green", "hook.example.com/v1black"), colors.subList(0, 2));
        webhook.asked.clear();
        assertEquals(list, server.get(V1));
        assertTrue(webhook.asked.isEmpty(), "what was converted once is kept");
        server.delete(200, V1 + "/a");
        server.delete(200, V1 + "/b");
    }

    @Test
    void aScaleIsThatOfItsVersionAndNewObjectsMayBeAnnotated() throws Exception {
        ObjectNode definition = CrdServer.fixture("widgets");
        definition.withObject("metadata").put("name", "widgets.scaled.example.com");
        ObjectNode spec = definition.withObject("spec").put("group", "scaled.example.com");
        List<String> fields = List.of("count", "replicas");
        for (int i = 0; i < fields.size(); i++) {
            ObjectNode version = (ObjectNode) spec.path("versions").get(i);
            version.withObject("schema")
                    .putObject("openAPIV3Schema")
                    .put("type", "object")
                    .put("x-kubernetes-preserve-unknown-fields", true);
            version.putObject("subresources")
                    .putObject("scale")
                    .put("specReplicasPath", ".spec." + fields.get(i))
                    .put("statusReplicasPath", ".status.replicas");
        }
        spec.set("conversion", conversion("/count"));
        server.define(definition);
        String base = "/apis/scaled.example.com/v1/widgets";
        server.post(201, base, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"replicas\":4}}");
        assertEquals(
                4, server.get(base + "/a/scale").path("spec").path("replicas").asInt());
        server.undefine("widgets.scaled.example.com");
    }

    /// Renames the number of replicas and notes where it did.
    private static ObjectNode count(ObjectNode review) {
        ObjectNode answer = convert(review);
        boolean stable =
                review.path("request").path("desiredAPIVersion").asString().endsWith("/v1");
        for (JsonNode object : answer.path("response").path("convertedObjects")) {
            ObjectNode spec = ((ObjectNode) object).withObject("spec");
            spec.set(stable ? "replicas" : "count", spec.remove(stable ? "count" : "replicas"));
            ((ObjectNode) object)
                    .withObject("metadata")
                    .withObject("annotations")
                    .put("from", stable ? "v1beta1" : "v1");
        }
        return answer;
    }

    @Test
    void listsOfMixedVersions() throws Exception {
        server.post(201, BETA, "{\"metadata\":{\"name\":\"old\"},\"spec\":{\"colour\":\"red\"}}");
        storage(1);
        server.post(201, V1, "{\"metadata\":{\"name\":\"young\"},\"spec\":{\"color\":\"pink\"}}");
        assertEquals(
                "[\"red\",\"pink\"]",
                server.get(V1)
                        .path("items")
                        .valueStream()
                        .map(i -> "\"" + i.path("spec").path("color").asString() + "\"")
                        .toList()
                        .toString()
                        .replace(" ", ""));
        JsonNode beta = server.get(BETA);
        assertEquals(
                "pink", beta.path("items").get(1).path("spec").path("colour").asString());
        server.delete(200, V1 + "/old");
        server.delete(200, V1 + "/young");
        storage(0);
    }

    private static void storage(int index) throws Exception {
        String path = CRDS + "/widgets.hook.example.com";
        ObjectNode definition = (ObjectNode) server.get(path);
        for (int i = 0; i < 2; i++) {
            ((ObjectNode) definition.path("spec").path("versions").get(i)).put("storage", i == index);
        }
        server.put(200, path, definition);
    }

    @Test
    void watchersGetTheirVersion() throws Exception {
        server.post(201, BETA, "{\"metadata\":{\"name\":\"w1\"},\"spec\":{\"colour\":\"one\"}}");
        try (BufferedReader lines = server.watch(V1 + "?watch=1")) {
            JsonNode first = Json.MAPPER.readTree(lines.readLine());
            assertEquals("one", first.path("object").path("spec").path("color").asString());
            server.merge(200, BETA + "/w1", "{\"spec\":{\"colour\":\"two\"}}");
            JsonNode second = Json.MAPPER.readTree(lines.readLine());
            assertEquals("two", second.path("object").path("spec").path("color").asString());
            server.delete(200, V1 + "/w1");
            assertEquals(
                    "DELETED",
                    Json.MAPPER.readTree(lines.readLine()).path("type").asString());
        }
    }

    @Test
    void fieldsAreSelectedInTheVersionThatIsAskedFor() throws Exception {
        String selector = "fieldSelector=spec.color%3Dteal";
        try (BufferedReader teal = server.watch(V1 + "?watch=1&" + selector)) {
            server.post(201, V1, "{\"metadata\":{\"name\":\"f1\"},\"spec\":{\"color\":\"gray\"}}");
            server.post(201, V1, "{\"metadata\":{\"name\":\"f2\"},\"spec\":{\"color\":\"teal\"}}");
            assertEquals("ADDED f2", event(teal));
            JsonNode list = server.get(V1 + "?" + selector + "&limit=1").path("items");
            assertEquals(1, list.size());
            assertEquals("f2", list.get(0).path("metadata").path("name").asString());
            assertEquals(
                    1,
                    server.get(BETA + "?fieldSelector=spec.colour%3Dteal")
                            .path("items")
                            .size());
            server.merge(200, V1 + "/f1", "{\"spec\":{\"color\":\"teal\"}}");
            assertEquals("ADDED f1", event(teal));
            server.merge(200, BETA + "/f1", "{\"spec\":{\"colour\":\"gray\"}}");
            assertEquals("DELETED f1", event(teal));
            server.delete(200, V1 + "?" + selector);
            assertEquals("DELETED f2", event(teal));
        }
        server.delete(200, V1 + "/f1");
    }

    private static String event(BufferedReader lines) throws Exception {
        JsonNode event = Json.MAPPER.readTree(lines.readLine());
        return event.path("type").asString() + " "
                + event.path("object").path("metadata").path("name").asString();
    }

    @Test
    void aBrokenWebhookBreaksOnlyWhatNeedsIt() throws Exception {
        String path = CRDS + "/widgets.hook.example.com";
        server.post(201, BETA, "{\"metadata\":{\"name\":\"x\"},\"spec\":{}}");
        ObjectNode definition = (ObjectNode) server.get(path);
        definition.withObject("spec").set("conversion", conversion("/broken"));
        server.put(200, path, definition);
        JsonNode refused = server.call(500, "GET", V1 + "/x", "application/json", "");
        assertTrue(
                refused.path("message")
                        .asString()
                        .startsWith("conversion webhook for hook.example.com/v1beta1, Kind=Widget failed: "),
                refused::toString);
        server.get(BETA + "/x");
        server.delete(200, BETA + "/x");
        ObjectNode mended = (ObjectNode) server.get(path);
        mended.withObject("spec").set("conversion", conversion("/convert"));
        server.put(200, path, mended);
    }
}
