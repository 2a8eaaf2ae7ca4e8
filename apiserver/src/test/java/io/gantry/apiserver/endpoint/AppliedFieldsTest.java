package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who owns what where upstream's kinds are particular.
class AppliedFieldsTest {
    private static LocalServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode apply(int expected, String path, String manager, String body) throws Exception {
        HttpResponse<String> answer =
                server.send("PATCH", path + "?fieldManager=" + manager, "application/apply-patch+yaml", body);
        assertEquals(expected, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    private static String owned(JsonNode object, String manager) {
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            if (entry.path("manager").asString().equals(manager)) {
                return entry.path("fieldsV1").toString();
            }
        }
        return "";
    }

    @Test
    void theClaimOfAVolumeIsOwnedPartByPart() throws Exception {
        String path = "/api/v1/persistentvolumes/v";
        String volume = """
                {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"v"},"spec":{
                 "storageClassName":"","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
                 "hostPath":{"path":"/v"},"claimRef":{"name":"c","namespace":"default"}}}""";
        JsonNode made = apply(201, path, "a", volume);
        assertTrue(owned(made, "a").contains("\"f:claimRef\":{\"f:name\":{},\"f:namespace\":{}}"), made.toString());
        server.patch(200, path, "{\"spec\":{\"claimRef\":{\"uid\":\"u\"}}}");
        JsonNode again = apply(200, path, "a", volume);
        assertEquals("u", again.path("spec").path("claimRef").path("uid").asString());
    }

    @Test
    void nullsAreOwned() throws Exception {
        String jobs = "/apis/batch/v1/namespaces/default/cronjobs";
        server.json(201, "POST", jobs, """
                {"metadata":{"name":"j"},"spec":{"schedule":"* * * * *","jobTemplate":{"spec":{"template":{"spec":{
                 "restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}""");
        String status = """
                {"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"j"},"status":{"lastScheduleTime":%s}}""";
        JsonNode none = apply(200, jobs + "/j/status", "a", status.formatted("null"));
        assertEquals("{\"f:status\":{\"f:lastScheduleTime\":{}}}", owned(none, "a"));
        assertTrue(none.at("/status/lastScheduleTime").isMissingNode());
        String some = status.formatted("\"2020-01-01T00:00:00Z\"");
        apply(409, jobs + "/j/status", "b", some);
        server.send("PATCH", jobs + "/j/status?fieldManager=b&force=true", "application/apply-patch+yaml", some);
        apply(409, jobs + "/j/status", "a", status.formatted("null"));
    }

    @Test
    void nullsAboveManyFieldsTakeNothingAway() throws Exception {
        String path = "/apis/apps/v1/namespaces/default/deployments/nulls";
        String deployment = """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"nulls","creationTimestamp":null},
                 "spec":{"replicas":3,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{
                 "labels":{"a":"b"},"creationTimestamp":null},"spec":{"securityContext":%s,
                 "containers":[{"name":"c","image":"i"}]}}},"status":null}""";
        JsonNode made = apply(201, path, "a", deployment.formatted("{\"runAsUser\":7}"));
        assertEquals(made, apply(200, path, "a", deployment.formatted("{\"runAsUser\":7}")));
        server.patch(200, path, "{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\"runAsGroup\":8}}}}}");
        JsonNode left = apply(200, path, "a", deployment.formatted("null"));
        assertEquals(
                "{\"runAsGroup\":8}",
                left.at("/spec/template/spec/securityContext").toString());
    }

    @Test
    void labelsOfADeploymentAreNotItsStatusWriters() throws Exception {
        String path = "/apis/apps/v1/namespaces/default/deployments";
        server.json(201, "POST", path, """
                {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{
                 "labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
        JsonNode applied = apply(200, path + "/d/status", "s", """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","labels":{"x":"y"},
                 "annotations":{"x":"y"}},"status":{"replicas":2}}""");
        assertEquals(
                "{\"f:metadata\":{\"f:annotations\":{\"f:x\":{}}},\"f:status\":{\"f:replicas\":{}}}",
                owned(applied, "s"));
        assertTrue(applied.at("/metadata/labels").isMissingNode());
    }

    @Test
    void theCountOfADaemonSetsTemplatesIsItsMakers() throws Exception {
        JsonNode made = server.json(201, "POST", "/apis/apps/v1/namespaces/default/daemonsets?fieldManager=m", """
                {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{
                 "labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
        assertTrue(
                owned(made, "m")
                        .contains("\"f:annotations\":{\".\":{},\"f:deprecated.daemonset.template.generation\":{}}"),
                made.toString());
    }
}
