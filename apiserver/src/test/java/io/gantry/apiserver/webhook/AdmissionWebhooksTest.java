package io.gantry.apiserver.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.OwnAddress;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Admission webhooks over real HTTP and TLS.
@Timeout(60)
class AdmissionWebhooksTest extends WebhookedServer {
    @Test
    void aValidatingWebhookDenies() throws Exception {
        hook.on(
                "/deny",
                answer("{\"allowed\":false,\"status\":{\"code\":403,\"reason\":\"NoWay\",\"message\":\"no\"}}"));
        validating(webhook("/deny", rules("CREATE", "", "configmaps"), ""));
        HttpResponse<String> denied = createUntil(403, MAPS, "{\"metadata\":{\"generateName\":\"a\"}}");
        assertEquals("admission webhook \"deny.example.com\" denied the request: no", message(denied));
        String metrics = api.send("GET", "/metrics", "text/plain", "").body();
        assertTrue(metrics.contains(
                "apiserver_admission_webhook_rejection_count{error_type=\"no_error\",name=\"deny.example.com\","
                        + "operation=\"CREATE\",rejection_code=\"403\",type=\"validating\"} "));
        assertTrue(metrics.contains(
                "apiserver_admission_webhook_admission_duration_seconds_count{name=\"deny.example.com\","
                        + "operation=\"CREATE\",rejected=\"true\",type=\"validating\"} "));
        assertEquals("NoWay", Json.MAPPER.readTree(denied.body()).path("reason").asString());
        api.json(201, "POST", "/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"a\"}}");
        api.json(200, "DELETE", CONFIGS + "validatingwebhookconfigurations/v", "");
        createUntil(201, MAPS, "{\"metadata\":{\"generateName\":\"a\"}}");
    }

    @Test
    void aReviewIsUpstreams() throws Exception {
        hook.on("/look", answer("{\"allowed\":true,\"warnings\":[\"careful\"]}"));
        validating(webhook("/look", rules("*", "", "configmaps"), "\"timeoutSeconds\":5"));
        HttpResponse<String> made = Awaitility.await()
                .until(
                        () -> create(MAPS + "?fieldManager=me", "{\"metadata\":{\"generateName\":\"b\"}}"),
                        answer -> answer.headers().firstValue("warning").isPresent());
        assertEquals("299 - \"careful\"", made.headers().firstValue("warning").get());
        WebhookServer.Asked asked = hook.asked.take();
        assertEquals("/look?timeout=5s", asked.uri().toString());
        ObjectNode request = (ObjectNode) asked.body().path("request");
        String name =
                Json.MAPPER.readTree(made.body()).path("metadata").path("name").asString();
        assertEquals(name, request.path("object").path("metadata").path("name").asString());
        request.remove("object");
        assertFalse(request.remove("uid").asString().isEmpty());
        assertEquals(tree("""
                        {"kind":{"group":"","version":"v1","kind":"ConfigMap"},
                         "resource":{"group":"","version":"v1","resource":"configmaps"},
                         "requestKind":{"group":"","version":"v1","kind":"ConfigMap"},
                         "requestResource":{"group":"","version":"v1","resource":"configmaps"},
                         "namespace":"default","operation":"CREATE",
                         "userInfo":{"username":"admin","groups":["system:masters","system:authenticated"]},
                         "oldObject":null,"dryRun":false,
                         "options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1","fieldManager":"me"}}"""), request);
        api.patch(200, MAPS + "/" + name + "?dryRun=All", "{\"data\":{\"a\":\"b\"}}");
        JsonNode update = hook.asked.take().body().path("request");
        assertEquals("UPDATE", update.path("operation").asString());
        assertEquals(name, update.path("name").asString());
        assertEquals("{\"a\":\"b\"}", update.path("object").path("data").toString());
        assertTrue(update.path("oldObject").path("data").isMissingNode());
        assertTrue(update.path("dryRun").asBoolean());
        api.json(200, "DELETE", MAPS + "/" + name, "");
        JsonNode delete = hook.asked.take().body().path("request");
        assertEquals("DELETE", delete.path("operation").asString());
        assertTrue(delete.path("object").isNull());
        assertEquals("ConfigMap", delete.path("oldObject").path("kind").asString());
        assertEquals("DeleteOptions", delete.path("options").path("kind").asString());
    }

    @Test
    void mutationsAreOrderedAndReinvoked() throws Exception {
        // The first webhook sees what the second did, and is asked once more.
        hook.on("/one", review -> {
            boolean two = review.path("request").path("object").path("data").has("two");
            String operation = two
                    ? "[{\"op\":\"add\",\"path\":\"/data/sawTwo\",\"value\":\"yes\"}]"
                    : "[{\"op\":\"add\",\"path\":\"/data/one\",\"value\":\"1\"}]";
            return patch(operation).apply(review);
        });
        hook.on("/two", review -> {
            boolean one = review.path("request").path("object").path("data").has("one");
            return patch("[{\"op\":\"add\",\"path\":\"/data/two\",\"value\":\"after " + (one ? "one" : "none") + "\"}]")
                    .apply(review);
        });
        mutating("b", webhook("/two", rules("CREATE", "", "configmaps"), ""));
        mutating("a", webhook("/one", rules("CREATE", "", "configmaps"), "\"reinvocationPolicy\":\"IfNeeded\""));
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        "{\"k\":\"v\",\"one\":\"1\",\"sawTwo\":\"yes\",\"two\":\"after one\"}",
                        sorted(api.json(
                                201, "POST", MAPS, "{\"metadata\":{\"generateName\":\"m\"},\"data\":{\"k\":\"v\"}}"))));
    }

    private static String sorted(JsonNode object) {
        return Json.MAPPER
                .valueToTree(new java.util.TreeMap<>(Json.MAPPER.treeToValue(object.path("data"), java.util.Map.class)))
                .toString();
    }

    @Test
    void aSidecarIsInjectedAndDefaulted() throws Exception {
        hook.on(
                "/inject",
                patch("[{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":{\"name\":\"side\",\"image\":\"s\","
                        + "\"noSuchField\":1}}]"));
        mutating(
                "inject",
                webhook(
                        "/inject",
                        rules("CREATE", "", "pods"),
                        "\"objectSelector\":{\"matchLabels\":{\"inject\":\"yes\"}}"));
        String pod = "{\"metadata\":{\"generateName\":\"p\",\"labels\":{\"inject\":\"%s\"}},\"spec\":{\"containers\":"
                + "[{\"name\":\"c\",\"image\":\"i\"}]}}";
        JsonNode made = Awaitility.await()
                .until(
                        () -> api.json(201, "POST", PODS, pod.formatted("yes")),
                        p -> p.path("spec").path("containers").size() == 2);
        JsonNode side = made.path("spec").path("containers").path(1);
        assertEquals("Always", side.path("imagePullPolicy").asString());
        assertFalse(side.has("noSuchField"));
        assertEquals(
                1,
                api.json(201, "POST", PODS, pod.formatted("no"))
                        .path("spec")
                        .path("containers")
                        .size());
    }

    @Test
    void whatAWebhookBreaksIsRefused() throws Exception {
        hook.on("/break", patch("[{\"op\":\"replace\",\"path\":\"/spec/containers/0/name\",\"value\":\"NO\"}]"));
        mutating("break", webhook("/break", rules("CREATE", "", "pods"), ""));
        HttpResponse<String> refused = createUntil(
                422,
                PODS,
                "{\"metadata\":{\"generateName\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        assertTrue(message(refused).contains("spec.containers[0].name: Invalid value: \"NO\""), message(refused));
    }

    @Test
    void whyAPatchDoesNotApplyIsSaid() throws Exception {
        hook.on("/nowhere", patch("[{\"op\":\"add\",\"path\":\"/metadata/no/such\",\"value\":\"1\"}]"));
        mutating("nowhere", webhook("/nowhere", rules("CREATE", "", "configmaps"), ""));
        HttpResponse<String> refused = createUntil(500, MAPS, "{\"metadata\":{\"generateName\":\"m\"}}");
        assertEquals(
                "Internal error occurred: add operation does not apply: doc is missing path: \"/metadata/no/such\":"
                        + " missing value",
                message(refused));
    }

    @Test
    void failuresCloseOrOpen() throws Exception {
        hook.silentOn("/slow")
                .on("/bad", review -> tree("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}"));
        validating(webhook("/slow", rules("CREATE", "", "configmaps"), "\"timeoutSeconds\":1"));
        HttpResponse<String> failed = createUntil(500, MAPS, "{\"metadata\":{\"generateName\":\"f\"}}");
        assertEquals(
                "Internal error occurred: failed calling webhook \"slow.example.com\": failed to call webhook: "
                        + "Post \"https://127.0.0.1:" + hook.port()
                        + "/slow?timeout=1s\": context deadline exceeded",
                message(failed));
        api.json(200, "DELETE", CONFIGS + "validatingwebhookconfigurations/v", "");
        validating(webhook(
                "/slow", rules("CREATE", "", "configmaps"), "\"timeoutSeconds\":1,\"failurePolicy\":\"Ignore\""));
        createUntil(201, MAPS, "{\"metadata\":{\"generateName\":\"f\"}}");
        api.json(200, "DELETE", CONFIGS + "validatingwebhookconfigurations/v", "");
        validating(webhook("/bad", rules("CREATE", "", "configmaps"), ""));
        assertEquals(
                "Internal error occurred: failed calling webhook \"bad.example.com\": received invalid webhook response: "
                        + "webhook response was absent",
                message(createUntil(500, MAPS, "{\"metadata\":{\"generateName\":\"f\"}}")));
    }

    @Test
    void selectorsAndScopesChoose() throws Exception {
        hook.on("/deny", answer("{\"allowed\":false}"));
        api.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"strict\",\"labels\":{\"s\":\"t\"}}}");
        validating(webhook("/deny", rules("*", "*", "*/*"), "\"namespaceSelector\":{\"matchLabels\":{\"s\":\"t\"}}"));
        HttpResponse<String> denied =
                createUntil(400, "/api/v1/namespaces/strict/configmaps", "{\"metadata\":{\"generateName\":\"s\"}}");
        assertEquals("admission webhook \"deny.example.com\" denied the request without explanation", message(denied));
        api.json(201, "POST", MAPS, "{\"metadata\":{\"generateName\":\"s\"}}");
        api.json(400, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"s2\",\"labels\":{\"s\":\"t\"}}}");
        api.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"s3\"}}");
        api.patch(400, "/api/v1/namespaces/strict/status", "{\"status\":{\"phase\":\"Active\"}}");
    }

    @Test
    void configurationsThemselvesAreNeverReviewed() throws Exception {
        hook.on("/deny", answer("{\"allowed\":false}"));
        validating(webhook("/deny", rules("*", "*", "*"), ""));
        createUntil(400, MAPS, "{\"metadata\":{\"generateName\":\"s\"}}");
        api.patch(200, CONFIGS + "validatingwebhookconfigurations/v", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        api.json(200, "DELETE", CONFIGS + "validatingwebhookconfigurations/v", "");
    }

    @Test
    void aWholeCollectionIsReviewed() throws Exception {
        hook.on("/keep", answer("{\"allowed\":false,\"status\":{\"message\":\"kept\"}}"));
        validating(webhook("/keep", rules("DELETE", "", "configmaps"), ""));
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        "admission webhook \"keep.example.com\" denied the request: kept",
                        message(api.send("DELETE", MAPS + "?dryRun=All", "application/json", ""))));
    }

    @Test
    void attachingIsAConnect() throws Exception {
        hook.on("/attach", answer("{\"allowed\":false,\"status\":{\"message\":\"no attaching\"}}"));
        api.json(
                201,
                "POST",
                PODS,
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        validating(webhook("/attach", rules("CONNECT", "", "pods/attach"), ""));
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        "admission webhook \"attach.example.com\" denied the request: no attaching",
                        message(api.send("POST", PODS + "/p/attach?container=c&stdin=true", "application/json", ""))));
        JsonNode request = hook.asked.take().body().path("request");
        assertEquals("attach", request.path("subResource").asString());
        assertEquals(
                tree("{\"kind\":\"PodAttachOptions\",\"apiVersion\":\"v1\",\"stdin\":true,\"container\":\"c\"}"),
                request.path("object"));
        assertEquals("PodAttachOptions", request.path("kind").path("kind").asString());
        assertTrue(request.path("options").isNull());
    }

    @Test
    void subresourcesAreReviewedAsTheirOwnKind() throws Exception {
        hook.on("/sub", answer("{\"allowed\":false}"));
        api.json(
                201,
                "POST",
                PODS,
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        api.json(
                201,
                "POST",
                "/api/v1/namespaces/default/replicationcontrollers",
                "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"selector\":{\"a\":\"b\"},\"template\":{\"metadata\":{\"labels\":"
                        + "{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");
        validating(webhook(
                "/sub",
                "\"rules\":[{\"operations\":[\"*\"],\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"resources\":"
                        + "[\"pods/binding\",\"pods/eviction\",\"*/scale\"]}]",
                ""));
        createUntil(
                400,
                PODS + "/p/binding",
                "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n\"}}");
        JsonNode binding = hook.asked.take().body().path("request");
        assertEquals("Binding", binding.path("kind").path("kind").asString());
        assertEquals("CREATE", binding.path("operation").asString());
        assertEquals("n", binding.path("object").path("target").path("name").asString());
        assertEquals(
                400,
                create(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}").statusCode());
        JsonNode eviction = hook.asked.take().body().path("request");
        assertEquals(
                "{\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\"}",
                eviction.path("kind").toString());
        api.patch(400, "/api/v1/namespaces/default/replicationcontrollers/r/scale", "{\"spec\":{\"replicas\":3}}");
        JsonNode scale = hook.asked.take().body().path("request");
        assertEquals(
                "{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"}",
                scale.path("kind").toString());
        assertEquals(1, scale.path("oldObject").path("spec").path("replicas").asInt());
        assertEquals(3, scale.path("object").path("spec").path("replicas").asInt());
    }

    @Test
    void equivalentVersionsAreConverted() throws Exception {
        hook.on("/hpa", patch("[{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"seen\":\"v2\"}}]"));
        mutating(
                "hpa",
                webhook(
                        "/hpa",
                        "\"rules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"autoscaling\"],\"apiVersions\":"
                                + "[\"v2\"],\"resources\":[\"horizontalpodautoscalers\"]}]",
                        ""));
        String hpa = "{\"metadata\":{\"generateName\":\"h\"},\"spec\":{\"maxReplicas\":3,"
                + "\"targetCPUUtilizationPercentage\":50,\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"d\","
                + "\"apiVersion\":\"apps/v1\"}}}";
        JsonNode made = Awaitility.await()
                .until(
                        () -> api.json(
                                201, "POST", "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers", hpa),
                        h -> h.path("metadata").path("annotations").has("seen"));
        assertEquals("autoscaling/v1", made.path("apiVersion").asString());
        assertEquals(
                50, made.path("spec").path("targetCPUUtilizationPercentage").asInt());
        JsonNode request = hook.asked.take().body().path("request");
        assertEquals("v2", request.path("kind").path("version").asString());
        assertEquals("v1", request.path("requestKind").path("version").asString());
        assertEquals("v1", request.path("requestResource").path("version").asString());
        assertEquals("autoscaling/v2", request.path("object").path("apiVersion").asString());
        assertEquals(1, request.path("object").path("spec").path("metrics").size());
    }

    @Test
    void aServiceIsFoundByItsEndpoints() throws Exception {
        hook.on("/svc", answer("{\"allowed\":false}"));
        String services = "/api/v1/namespaces/default/services";
        api.json(
                201,
                "POST",
                services,
                "{\"metadata\":{\"name\":\"hook\"},\"spec\":{\"ports\":[{\"port\":443,\"targetPort\":8443}]}}");
        String slice = """
                {"metadata":{"name":"hook-1","labels":{"kubernetes.io/service-name":"hook"}},"addressType":"IPv4",
                 "ports":[{"name":"","port":%d,"protocol":"TCP"}],"endpoints":[{"addresses":["%s"],
                 "conditions":{"ready":true}}]}""";
        api.json(
                201,
                "POST",
                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                slice.formatted(hook.port(), OwnAddress.find()));
        validating("{\"name\":\"svc.example.com\",\"clientConfig\":{\"service\":{\"namespace\":\"default\",\"name\":"
                + "\"hook\",\"path\":\"/svc\"},\"caBundle\":\"" + hook.caBundle() + "\"},"
                + rules("CREATE", "", "configmaps")
                + ",\"sideEffects\":\"None\",\"admissionReviewVersions\":[\"v1\"]}");
        HttpResponse<String> denied = createUntil(400, MAPS, "{\"metadata\":{\"generateName\":\"s\"}}");
        assertEquals("admission webhook \"svc.example.com\" denied the request without explanation", message(denied));
    }
}
