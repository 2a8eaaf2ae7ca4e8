package io.gantry.apiserver;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// `metrics.k8s.io` without an add-on.
@Timeout(30)
class ResourceMetricsApiTest {
    private static final String API = "/apis/metrics.k8s.io/v1beta1";
    private static final String USAGE = """
        "cpu":{"time":"2026-01-01T00:00:15Z","usageNanoCores":%d},"memory":{"workingSetBytes":%d}""";

    private FakeKubelet kubelet;
    private MemoryStore store;
    private ApiServer server;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        kubelet = new FakeKubelet();
        kubelet.body = "{\"node\":{" + USAGE.formatted(1_500_000_000, 4_294_967_296L) + "},\"pods\":["
                + pod("default", "p", container("a", 250_000_000, 1 << 20), container("b", 1, 1 << 10)) + ","
                + pod("other", "q", container("a", 0, 1000)) + "," + pod("default", "done", container("a", 1, 1))
                + "]}";
        store = new MemoryStore();
        server = ApiServer.start(
                ServerConfig.local(store).withKubelets(KubeletTls.of(kubelet.client())), objects -> Security.none());
        http = HttpClient.newHttpClient();
        send("POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"n\",\"labels\":{\"zone\":\"z\"}}}");
        send("PUT", "/api/v1/nodes/n/status", """
            {"metadata":{"name":"n","labels":{"zone":"z"}},"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
             "daemonEndpoints":{"kubeletEndpoint":{"Port":%d}}}}""".formatted(kubelet.port()));
        create("default", "p", "n", "Running", "");
        create("default", "done", "n", "Succeeded", "");
        create("other", "q", "n", "Running", "");
    }

    private static String pod(String namespace, String name, String... containers) {
        return "{\"podRef\":{\"namespace\":\"" + namespace + "\",\"name\":\"" + name + "\"},\"containers\":["
                + String.join(",", containers) + "]}";
    }

    private static String container(String name, long nanoCores, long bytes) {
        return "{\"name\":\"" + name + "\"," + USAGE.formatted(nanoCores, bytes) + "}";
    }

    private void create(String namespace, String name, String node, String phase, String annotations) throws Exception {
        String pods = "/api/v1/namespaces/" + namespace + "/pods";
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace + "\"}}");
        String spec = "\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"app\":\"" + name + "\"},\"annotations\":{"
                + annotations + "}},\"spec\":{\"nodeName\":\"" + node
                + "\",\"containers\":[{\"name\":\"a\",\"image\":\"i\"}]}";
        send("POST", pods, "{" + spec + "}");
        send("PUT", pods + "/" + name + "/status", "{" + spec + ",\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        store.close();
        kubelet.close();
        http.close();
    }

    @Test
    void podsTellWhatTheirContainersUse() throws Exception {
        JsonNode list = get(200, API + "/pods");
        assertEquals("PodMetricsList", list.path("kind").asString(""));
        assertEquals(List.of("p", "q"), names(list));
        JsonNode pod = list.at("/items/0");
        assertFalse(pod.has("kind"), "the list has said it");
        assertEquals("2026-01-01T00:00:15Z", pod.path("timestamp").asString(""));
        assertEquals("10s", pod.path("window").asString(""));
        assertEquals("p", pod.at("/metadata/labels/app").asString(""));
        assertEquals(Json.MAPPER.readTree("""
                    [{"name":"a","usage":{"cpu":"250000000n","memory":"1Mi"}},
                     {"name":"b","usage":{"cpu":"1n","memory":"1Ki"}}]"""), pod.path("containers"));
        assertEquals(List.of("q"), names(get(200, API + "/namespaces/other/pods")));
        assertEquals(List.of("q"), names(get(200, API + "/pods?labelSelector=app%3Dq")));
        assertEquals(List.of("p"), names(get(200, API + "/pods?fieldSelector=metadata.name%3Dp")));
        assertEquals(
                "p",
                get(200, API + "/namespaces/default/pods/p")
                        .at("/metadata/name")
                        .asString(""));
        assertTrue(kubelet.heads.take().startsWith("GET /stats/summary?only_cpu_and_memory=true "));
        assertTrue(kubelet.heads.isEmpty(), "asked once in ten seconds");
    }

    @Test
    void nodesTellWhatTheyUse() throws Exception {
        JsonNode list = get(200, API + "/nodes");
        assertEquals("NodeMetricsList", list.path("kind").asString(""));
        assertEquals(Json.MAPPER.readTree("{\"cpu\":\"1500000000n\",\"memory\":\"4Gi\"}"), list.at("/items/0/usage"));
        assertEquals(List.of("n"), names(get(200, API + "/nodes?labelSelector=zone%3Dz")));
        assertEquals(List.of(), names(get(200, API + "/nodes?labelSelector=zone%3Dy")));
        assertEquals("NodeMetrics", get(200, API + "/nodes/n").path("kind").asString(""));
    }

    @Test
    void whatIsNotThereIsNotFoundInMetricsServersWords() throws Exception {
        assertEquals("pods \"x\" not found", message(404, API + "/namespaces/default/pods/x"));
        assertEquals(
                "podmetrics.metrics.k8s.io \"default/done\" not found",
                message(404, API + "/namespaces/default/pods/done"));
        assertEquals("nodes \"x\" not found", message(404, API + "/nodes/x"));
        send("POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"silent\"}}");
        await().untilAsserted(() ->
                assertEquals("nodemetrics.metrics.k8s.io \"silent\" not found", message(404, API + "/nodes/silent")));
        assertEquals(405, send("DELETE", API + "/nodes/n", "").statusCode());
        assertEquals(405, send("GET", API + "/nodes?watch=true", "").statusCode());
        assertEquals(405, send("POST", API + "/nodes", "{}").statusCode());
    }

    @Test
    void tablesAreMetricsServers() throws Exception {
        JsonNode table = Json.MAPPER.readTree(http.send(
                        request(API + "/namespaces/default/pods")
                                .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        assertEquals(
                List.of("Name", "cpu", "memory", "Window"),
                table.path("columnDefinitions")
                        .valueStream()
                        .map(c -> c.path("name").asString(""))
                        .toList());
        assertEquals(Json.MAPPER.readTree("[\"p\",\"250000001n\",\"1025Ki\",\"10s\"]"), table.at("/rows/0/cells"));
    }

    @Test
    void discoveryNamesThemWithoutAnApiService() throws Exception {
        assertEquals(
                List.of("nodes get,list", "pods get,list"),
                get(200, API)
                        .path("resources")
                        .valueStream()
                        .map(r -> r.path("name").asString("") + " "
                                + String.join(
                                        ",",
                                        r.path("verbs")
                                                .valueStream()
                                                .map(v -> v.asString(""))
                                                .toList()))
                        .toList());
        JsonNode groups = get(200, "/apis").path("groups");
        assertEquals(
                "metrics.k8s.io", groups.get(groups.size() - 1).path("name").asString(""));
        assertEquals(
                404,
                send("GET", "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io", "")
                        .statusCode());
        assertTrue(get(200, "/openapi/v3" + API).path("paths").has(API + "/namespaces/{namespace}/pods/{name}"));
    }

    @Test
    void anotherServerTakesOverWhileItsApiServiceIsThere() throws Exception {
        String services = "/apis/apiregistration.k8s.io/v1/apiservices";
        assertEquals(200, send("GET", API + "/pods", "").statusCode());
        HttpResponse<String> made = send("POST", services, """
            {"metadata":{"name":"v1beta1.metrics.k8s.io"},"spec":{"group":"metrics.k8s.io","version":"v1beta1",
             "groupPriorityMinimum":100,"versionPriority":100,"insecureSkipTLSVerify":true,
             "service":{"namespace":"kube-system","name":"metrics-server"}}}""");
        assertEquals(201, made.statusCode(), made.body());
        await().until(() -> send("GET", API + "/pods", "").statusCode() == 503);
        assertEquals(
                200, send("DELETE", services + "/v1beta1.metrics.k8s.io", "").statusCode());
        await().until(() -> send("GET", API + "/pods", "").statusCode() == 200);
        assertEquals(404, send("GET", services + "/v1beta1.metrics.k8s.io", "").statusCode());
    }

    @Test
    void simulatedNodesTellWhatTheirPodsSay() throws Exception {
        send("POST", "/api/v1/nodes", """
            {"metadata":{"name":"sim","annotations":{"simulated.gantry.io/node":"true"}}}""");
        create("default", "s", "sim", "Running", "\"simulated.gantry.io/cpu-usage\":\"300m\"");
        create("default", "t", "sim", "Running", "\"simulated.gantry.io/memory-usage\":\"1Gi\"");
        assertEquals(
                Json.MAPPER.readTree("{\"cpu\":\"300000000n\",\"memory\":\"16Mi\"}"),
                get(200, API + "/namespaces/default/pods/s").at("/containers/0/usage"));
        assertEquals(
                Json.MAPPER.readTree("{\"cpu\":\"310000000n\",\"memory\":\"1040Mi\"}"),
                get(200, API + "/nodes/sim").path("usage"));
    }

    private static List<String> names(JsonNode list) {
        return list.path("items")
                .valueStream()
                .map(item -> item.at("/metadata/name").asString(""))
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("content-type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(int expected, String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertEquals(expected, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    private String message(int expected, String path) throws Exception {
        return get(expected, path).path("message").asString("");
    }
}
