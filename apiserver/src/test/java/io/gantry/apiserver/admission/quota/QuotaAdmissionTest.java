package io.gantry.apiserver.admission.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Quotas over real HTTP. The controller's share, `status.hard` and the first `status.used`, is written by the test.
@Timeout(60)
class QuotaAdmissionTest {
    private static LocalServer api;

    @BeforeAll
    static void start() throws Exception {
        api = new LocalServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String namespace(String name) throws Exception {
        api.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        return "/api/v1/namespaces/" + name + "/";
    }

    /// A quota that the plugin, which looks for quotas in the cache, will find.
    private static void create(String namespace, String name, String spec) throws Exception {
        String quotas = namespace + "resourcequotas";
        JsonNode made =
                api.json(201, "POST", quotas, "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}");
        String version = made.path("metadata").path("resourceVersion").asString();
        api.json(200, "GET", quotas + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + version, "");
    }

    private static void quota(String namespace, String name, String spec, String hard, String used) throws Exception {
        create(namespace, name, spec);
        String path = namespace + "resourcequotas/" + name;
        api.patch(200, path + "/status", "{\"status\":{\"hard\":" + hard + ",\"used\":" + used + "}}");
    }

    private static String used(String namespace, String name) throws Exception {
        JsonNode quota = api.json(200, "GET", namespace + "resourcequotas/" + name, "");
        return quota.path("status").path("used").toString();
    }

    private static String refusal(String path, String body) throws Exception {
        HttpResponse<String> answer = api.send("POST", path, "application/json", body);
        assertEquals(403, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body()).path("message").asString();
    }

    private static String pod(String name, String spec, String resources) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + spec
                + "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":" + resources + "}]}}";
    }

    @Test
    void objectsAreCounted() throws Exception {
        String namespace = namespace("counts");
        String hard = "{\"secrets\":\"1\",\"count/replicasets.apps\":\"0\"}";
        quota(namespace, "q", "{\"hard\":" + hard + "}", hard, "{\"secrets\":\"0\",\"count/replicasets.apps\":\"0\"}");
        api.json(201, "POST", namespace + "secrets?dryRun=All", "{\"metadata\":{\"name\":\"a\"}}");
        api.json(201, "POST", namespace + "secrets", "{\"metadata\":{\"name\":\"a\"}}");
        assertEquals("{\"count/replicasets.apps\":\"0\",\"secrets\":\"1\"}", used(namespace, "q"));
        assertEquals(
                "secrets \"b\" is forbidden: exceeded quota: q, requested: secrets=1, used: secrets=1, limited: secrets=1",
                refusal(namespace + "secrets", "{\"metadata\":{\"name\":\"b\"}}"));
        api.patch(200, namespace + "secrets/a", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertEquals(
                "replicasets.apps \"r\" is forbidden: exceeded quota: q, requested: count/replicasets.apps=1, "
                        + "used: count/replicasets.apps=0, limited: count/replicasets.apps=0",
                refusal(
                        "/apis/apps/v1/namespaces/counts/replicasets",
                        "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
                                + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":"
                                + "[{\"name\":\"c\",\"image\":\"i\"}]}}}}"));
    }

    @Test
    void podsAskForWhatIsLimited() throws Exception {
        String namespace = namespace("pods");
        String hard = "{\"requests.cpu\":\"1\",\"pods\":\"5\"}";
        quota(namespace, "q", "{\"hard\":" + hard + "}", hard, "{\"requests.cpu\":\"0\",\"pods\":\"0\"}");
        assertEquals(
                "pods \"none\" is forbidden: failed quota: q: must specify requests.cpu for: c",
                refusal(namespace + "pods", pod("none", "", "{}")));
        String request = "{\"requests\":{\"cpu\":\"600m\"}}";
        api.json(201, "POST", namespace + "pods", pod("a", "", request));
        assertEquals("{\"pods\":\"1\",\"requests.cpu\":\"600m\"}", used(namespace, "q"));
        assertEquals(
                "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, "
                        + "limited: requests.cpu=1",
                refusal(namespace + "pods", pod("b", "", request)));
    }

    @Test
    void aPodThatGetsADeadlineMovesToItsQuota() throws Exception {
        String namespace = namespace("moves");
        String hard = "{\"pods\":\"1\"}";
        quota(namespace, "ends", "{\"hard\":" + hard + ",\"scopes\":[\"Terminating\"]}", hard, "{\"pods\":\"0\"}");
        api.json(201, "POST", namespace + "pods", pod("a", "", "{}"));
        api.patch(200, namespace + "pods/a", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertEquals("{\"pods\":\"0\"}", used(namespace, "ends"));
        api.patch(200, namespace + "pods/a", "{\"spec\":{\"activeDeadlineSeconds\":3600}}");
        assertEquals("{\"pods\":\"1\"}", used(namespace, "ends"));
        assertEquals(
                "pods \"b\" is forbidden: exceeded quota: ends, requested: pods=1, used: pods=1, limited: pods=1",
                refusal(namespace + "pods", pod("b", "\"activeDeadlineSeconds\":5,", "{}")));
    }

    @Test
    void scopesChoosePods() throws Exception {
        String namespace = namespace("scopes");
        String hard = "{\"pods\":\"0\"}";
        quota(namespace, "q", "{\"hard\":" + hard + ",\"scopes\":[\"Terminating\"]}", hard, "{\"pods\":\"0\"}");
        api.json(201, "POST", namespace + "pods", pod("a", "", "{}"));
        assertEquals(
                "pods \"b\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0",
                refusal(namespace + "pods", pod("b", "\"activeDeadlineSeconds\":5,", "{}")));
    }

    @Test
    void anUncountedQuotaLimitsNothing() throws Exception {
        String namespace = namespace("new");
        create(namespace, "q", "{\"hard\":{\"configmaps\":\"0\"}}");
        api.json(201, "POST", namespace + "configmaps", "{\"metadata\":{\"name\":\"a\"}}");
        api.patch(200, namespace + "resourcequotas/q/status", "{\"status\":{\"hard\":{\"configmaps\":\"0\"}}}");
        assertEquals(
                "configmaps \"b\" is forbidden: status unknown for quota: q, resources: configmaps",
                refusal(namespace + "configmaps", "{\"metadata\":{\"name\":\"b\"}}"));
    }

    @Test
    void updatesAreChargedTheirDifference() throws Exception {
        String namespace = namespace("updates");
        String hard = "{\"services.nodeports\":\"1\"}";
        quota(namespace, "q", "{\"hard\":" + hard + "}", hard, "{\"services.nodeports\":\"0\"}");
        api.json(
                201,
                "POST",
                namespace + "services",
                "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"name\":\"a\",\"port\":80}]}}");
        assertEquals("{\"services.nodeports\":\"1\"}", used(namespace, "q"));
        JsonNode refused = api.patch(
                403,
                namespace + "services/s",
                "{\"spec\":{\"ports\":[{\"name\":\"a\",\"port\":80},{\"name\":\"b\",\"port\":81}]}}");
        assertEquals(
                "services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=1, "
                        + "used: services.nodeports=1, limited: services.nodeports=1",
                refused.path("message").asString());
    }

    @Test
    void manyAtOnceStayWithinTheQuota() throws Exception {
        String namespace = namespace("race");
        String hard = "{\"configmaps\":\"10\"}";
        quota(namespace, "q", "{\"hard\":" + hard + "}", hard, "{\"configmaps\":\"0\"}");
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                answers.add(threads.submit(() -> api.send(
                                "POST",
                                namespace + "configmaps",
                                "application/json",
                                "{\"metadata\":{\"generateName\":\"c\"}}")
                        .statusCode()));
            }
        }
        long made = answers.stream().filter(answer -> answer.resultNow() == 201).count();
        assertEquals(10, made);
        Awaitility.await().untilAsserted(() -> assertEquals("{\"configmaps\":\"10\"}", used(namespace, "q")));
    }
}
