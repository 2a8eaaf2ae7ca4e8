package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// YAML in and out, wherever upstream takes and gives it.
class YamlAnswersTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String YAML = "application/yaml";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @AutoClose
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpResponse<String> send(String method, String path, String accept, String type, String body)
            throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(SERVER.uri(path))
                        .header("accept", accept)
                        .header("content-type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String yaml(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, YAML, YAML, body);
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(YAML, answer.headers().firstValue("content-type").orElse(""));
        return answer.body();
    }

    @Test
    void objectsListsTablesAndErrors() throws Exception {
        String made = yaml(201, "POST", MAPS, "metadata: {name: yaml}\ndata:\n  a: 'no'\n");
        assertTrue(made.startsWith("apiVersion: v1\ndata:\n  a: \"no\"\nkind: ConfigMap\nmetadata:\n"), made);
        assertTrue(yaml(200, "GET", MAPS + "/yaml", "").contains("\n  name: yaml\n"));
        String list = yaml(200, "GET", MAPS, "");
        assertTrue(list.startsWith("apiVersion: v1\nitems:\n- "), list);
        assertTrue(list.contains("kind: ConfigMapList\n"), list);
        HttpResponse<String> table =
                send("GET", MAPS, "application/yaml;as=Table;v=v1;g=meta.k8s.io", "application/json", "");
        assertTrue(table.body().contains("kind: Table\n"), table.body());
        String missing = yaml(404, "GET", MAPS + "/nothing", "");
        assertTrue(missing.contains("kind: Status\n") && missing.contains("reason: NotFound\n"), missing);
        String gone = yaml(200, "DELETE", MAPS + "/yaml", "gracePeriodSeconds: 0\npreconditions: {}\n");
        assertTrue(gone.contains("status: Success\n"), gone);
    }

    @Test
    void subresourcesReviewsAndDiscovery() throws Exception {
        yaml(201, "POST", "/apis/apps/v1/namespaces/default/deployments", """
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {a: b}}
                  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}
                """);
        String scale = "/apis/apps/v1/namespaces/default/deployments/web/scale";
        assertTrue(yaml(200, "PUT", scale, "metadata: {name: web, namespace: default}\nspec: {replicas: 3}\n")
                .contains("  replicas: 3\n"));
        yaml(
                201,
                "POST",
                "/api/v1/namespaces/default/pods",
                "metadata: {name: p}\nspec: {containers: [{name: c, image: i}]}");
        String bound = yaml(
                201,
                "POST",
                "/api/v1/namespaces/default/pods/p/binding",
                "metadata: {name: p}\ntarget: {kind: Node, name: node}");
        assertTrue(bound.contains("status: Success"), bound);
        String evicted = yaml(201, "POST", "/api/v1/namespaces/default/pods/p/eviction", "metadata: {name: p}");
        assertTrue(evicted.contains("status: Success"), evicted);
        assertTrue(yaml(200, "GET", "/apis/apps/v1", "").contains("kind: APIResourceList\n"));
        HttpResponse<String> patched = send(
                "PATCH",
                MAPS + "/applied?fieldManager=me",
                YAML,
                "application/apply-patch+yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied}\ndata: {a: b}\n");
        assertEquals(201, patched.statusCode());
        assertTrue(patched.body().contains("  a: b\n"));
    }

    @Test
    void whatNobodyCanWriteOrReadIsRefused() throws Exception {
        HttpResponse<String> watch = send("GET", MAPS + "?watch=true", YAML, "application/json", "");
        assertEquals(406, watch.statusCode());
        assertTrue(watch.body().contains("application/json;stream=watch"), watch.body());
        for (String path : new String[] {MAPS, MAPS + "/nothing", "/apis/apps/v1", "/apis", "/openapi/v3"}) {
            HttpResponse<String> answer = send("GET", path, "text/plain", "application/json", "");
            assertEquals(406, answer.statusCode(), path);
            assertEquals(
                    "NotAcceptable",
                    Json.MAPPER.readTree(answer.body()).path("reason").asString(""),
                    path);
        }
        assertEquals(
                "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf, application/json;stream=watch,"
                        + " application/vnd.kubernetes.protobuf;stream=watch",
                message(MAPS, "text/plain"));
        assertEquals(
                "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf",
                message(MAPS + "/nothing", "text/*"));
        assertEquals(
                "only the following media types are accepted: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf",
                message(MAPS, "application/json;as=Table;v=v9;g=meta.k8s.io"));
        String refused = "{\"metadata\":{\"name\":\"refused\"}}";
        assertEquals(
                406,
                send("POST", MAPS, "text/plain", "application/json", refused).statusCode());
        assertEquals(
                404,
                send("GET", MAPS + "/refused", YAML, "application/json", "").statusCode(),
                "nothing was made");
        assertEquals(415, send("POST", MAPS, YAML, "text/plain", "a").statusCode());
    }

    private static String message(String path, String accept) throws Exception {
        String body = send("GET", path, accept, "application/json", "").body();
        return Json.MAPPER.readTree(body).path("message").asString("");
    }
}
