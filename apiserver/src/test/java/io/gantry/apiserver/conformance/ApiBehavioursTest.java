package io.gantry.apiserver.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.KeyPairs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Behaviours of upstream's conformance document that the API server alone shows.
class ApiBehavioursTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String TEMPLATE =
            "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                    + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    private static LocalServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .header("accept", accept)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// Every group has a preferred version that it lists, and each version has resources.
    @Test
    void everyGroupHasItsVersionsAndResources() throws Exception {
        JsonNode groups = server.json(200, "GET", "/apis", "").path("groups");
        assertTrue(groups.size() > 15);
        for (JsonNode group : groups) {
            String preferred =
                    group.path("preferredVersion").path("groupVersion").asString("");
            List<String> versions = new ArrayList<>();
            group.path("versions")
                    .forEach(v -> versions.add(v.path("groupVersion").asString("")));
            assertTrue(versions.contains(preferred), group.toString());
            JsonNode own = server.json(200, "GET", "/apis/" + group.path("name").asString(""), "");
            assertEquals(
                    preferred, own.path("preferredVersion").path("groupVersion").asString(""));
            for (String version : versions) {
                JsonNode list = server.json(200, "GET", "/apis/" + version, "");
                assertEquals("APIResourceList", list.path("kind").asString(""));
                assertEquals(version, list.path("groupVersion").asString(""));
                assertTrue(list.path("resources").size() > 0, version);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/apis"})
    void discoveryIsAggregatedForWhoAsks(String path) throws Exception {
        for (String version : List.of("v2", "v2beta1")) {
            String type = "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
            HttpResponse<String> answer = get(path, type);
            assertEquals(200, answer.statusCode());
            assertEquals(type, answer.headers().firstValue("content-type").orElse(""));
            JsonNode list = Json.MAPPER.readTree(answer.body());
            assertEquals("APIGroupDiscoveryList", list.path("kind").asString(""));
            assertEquals(
                    "apidiscovery.k8s.io/" + version, list.path("apiVersion").asString(""));
        }
        JsonNode plain = Json.MAPPER.readTree(get(path, "application/json").body());
        assertEquals(
                path.equals("/api") ? "APIVersions" : "APIGroupList",
                plain.path("kind").asString(""));
    }

    @Test
    void theVersionIsNumbers() throws Exception {
        JsonNode version = server.json(200, "GET", "/version", "");
        assertTrue(version.path("major").asString("").matches("\\d+"));
        assertTrue(version.path("minor").asString("").matches("\\d+"));
    }

    @Test
    void namespacesHaveATable() throws Exception {
        HttpResponse<String> table = get("/api/v1/namespaces", "application/json;as=Table;g=meta.k8s.io;v=v1");
        JsonNode body = Json.MAPPER.readTree(table.body());
        assertEquals("Table", body.path("kind").asString(""));
        assertEquals("Name", body.path("columnDefinitions").path(0).path("name").asString(""));
    }

    /// Unknown and duplicate fields by `fieldValidation`, in the object, its metadata and embedded metadata.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata\":{\"name\":\"f\"},\"spec\":{\"unknown1\":1,\"TEMPLATE\"}}",
                "{\"metadata\":{\"name\":\"f\",\"unknownMeta\":1},\"spec\":{\"TEMPLATE\"}}",
                "{\"metadata\":{\"name\":\"f\"},\"spec\":{\"paused\":true,\"paused\":false,\"TEMPLATE\"}}",
                "{\"metadata\":{\"name\":\"f\"},\"spec\":{\"EMBEDDED\"}}"
            })
    void strictValidationNamesUnknownAndDuplicateFields(String text) throws Exception {
        String body = text.replace("\"TEMPLATE\"", TEMPLATE)
                .replace("\"EMBEDDED\"", TEMPLATE.replace("\"metadata\":{", "\"metadata\":{\"unknownMeta\":2,"));
        String path = DEPLOYMENTS + "?fieldManager=m&dryRun=All&fieldValidation=";
        JsonNode strict = server.json(400, "POST", path + "Strict", body);
        String message = strict.path("message").asString("");
        assertTrue(message.contains("strict decoding error: "), message);
        assertTrue(message.contains("unknown field \"") || message.contains("duplicate field \""), message);
        HttpResponse<String> warned = server.send("POST", path + "Warn", "application/json", body);
        assertEquals(201, warned.statusCode(), warned.body());
        assertTrue(warned.headers().firstValue("warning").orElse("").startsWith("299 - \""));
        HttpResponse<String> ignored = server.send("POST", path + "Ignore", "application/json", body);
        assertEquals(201, ignored.statusCode());
        assertTrue(ignored.headers().firstValue("warning").isEmpty());
        assertFalse(ignored.body().contains("unknownMeta"));
    }

    /// A patch names no version: it waits for its turn, as upstream, however many come at once.
    @Test
    void manyPatchesOfOneObjectAllSucceed() throws Exception {
        int writers = 64;
        String maps = "/api/v1/namespaces/default/configmaps";
        server.json(201, "POST", maps, "{\"metadata\":{\"name\":\"hot\"}}");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String patch = "{\"data\":{\"k" + i + "\":\"v\"}}";
                codes.add(
                        threads.submit(() -> server.send("PATCH", maps + "/hot", "application/merge-patch+json", patch)
                                .statusCode()));
            }
            for (Future<Integer> code : codes) {
                assertEquals(200, code.get());
            }
        }
        assertEquals(
                writers, server.json(200, "GET", maps + "/hot", "").path("data").size());
    }

    /// As `kubectl create --raw` of a file in YAML.
    @Test
    void aBodyThatIsNothingIsAnsweredWithWhatWasExpected() throws Exception {
        JsonNode refused =
                server.json(400, "POST", "/api/v1/namespaces", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n");
        String message = refused.path("message").asString("");
        assertTrue(
                message.startsWith(
                        "the object provided is unrecognized (must be of type Namespace): couldn't get version/kind;"
                                + " json parse error: "),
                message);
        assertTrue(message.endsWith(" (61706956657273696f6e3a2076310a6b696e643a20506f640a6d65746164 ...)"), message);
    }

    /// Only the store refuses it, and a dry run does not come to it (client libraries' own tests copy an object so).
    @Test
    void aResourceVersionIsRefusedInANewObjectButNotInADryRun() throws Exception {
        String maps = "/api/v1/namespaces/default/configmaps";
        String body = "{\"metadata\":{\"name\":\"versioned\",\"resourceVersion\":\"7\"}}";
        JsonNode dry = server.json(201, "POST", maps + "?dryRun=All", body);
        assertEquals("7", dry.path("metadata").path("resourceVersion").asString(""));
        JsonNode refused = server.json(400, "POST", maps, body);
        assertEquals(
                "resourceVersion should not be set on objects to be created",
                refused.path("message").asString(""));
    }

    /// The Java Operator SDK creates so what it must not change.
    @Test
    void anApplyThatCreatesMayNameAVersionWhichIsThenCompared() throws Exception {
        String path = "/api/v1/namespaces/default/configmaps/versioned-apply?fieldManager=test&force=true";
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"versioned-apply\","
                + "\"resourceVersion\":\"1\"}}";
        JsonNode created = apply(201, path, body);
        assertNotEquals("1", created.path("metadata").path("resourceVersion").asString(""));
        JsonNode refused = apply(409, path, body);
        assertEquals("Conflict", refused.path("reason").asString(""));
    }

    private static JsonNode apply(int expected, String path, String body) throws Exception {
        HttpResponse<String> answer = server.send("PATCH", path, "application/apply-patch+yaml", body);
        assertEquals(expected, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    @Test
    void anUpdateThatCreatesMayNameAVersionButNoUid() throws Exception {
        String path = "/apis/coordination.k8s.io/v1/namespaces/default/leases/versioned";
        String lease = "{\"metadata\":{\"name\":\"versioned\",\"%s\":\"7\"}}";
        server.json(409, "PUT", path, lease.formatted("uid"));
        JsonNode created = server.json(201, "PUT", path, lease.formatted("resourceVersion"));
        assertNotEquals("7", created.path("metadata").path("resourceVersion").asString(""));
    }

    @Test
    void aNamespaceIsPatchedUpdatedToldAndFinalized() throws Exception {
        server.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"ns-life\"}}");
        String path = "/api/v1/namespaces/ns-life";
        assertEquals(
                "v",
                server.patch(200, path, "{\"metadata\":{\"labels\":{\"k\":\"v\"}}}")
                        .path("metadata")
                        .path("labels")
                        .path("k")
                        .asString(""));
        ObjectNode read = (ObjectNode) server.json(200, "GET", path, "");
        read.withObject("/metadata/labels").put("u", "w");
        assertEquals(
                "w",
                server.json(200, "PUT", path, read.toString())
                        .path("metadata")
                        .path("labels")
                        .path("u")
                        .asString(""));
        JsonNode told = server.patch(
                200,
                path + "/status",
                "{\"status\":{\"conditions\":[{\"type\":\"T\",\"status\":\"True\",\"reason\":\"E\"}]}}");
        assertEquals(
                "T", told.path("status").path("conditions").path(0).path("type").asString(""));
        assertEquals("Active", told.path("status").path("phase").asString(""));
        ObjectNode finalized = (ObjectNode) server.json(200, "GET", path, "");
        finalized.withObject("/spec").putArray("finalizers").add("kubernetes").add("e2e.example.com/finalizer");
        JsonNode with = server.json(200, "PUT", path + "/finalize", finalized.toString());
        assertEquals(2, with.path("spec").path("finalizers").size());
        JsonNode going = server.json(200, "DELETE", path, "");
        assertEquals("Terminating", going.path("status").path("phase").asString(""));
        ObjectNode free = (ObjectNode) server.json(200, "GET", path, "");
        free.withObject("/spec").putArray("finalizers");
        server.json(200, "PUT", path + "/finalize", free.toString());
        server.json(404, "GET", path, "");
    }

    /// `scale` by GET, PUT and PATCH of every kind that has it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/apps/v1/namespaces/default/deployments",
                "/apis/apps/v1/namespaces/default/replicasets",
                "/apis/apps/v1/namespaces/default/statefulsets",
                "/api/v1/namespaces/default/replicationcontrollers"
            })
    void replicasAreScaledThroughTheSubresource(String path) throws Exception {
        String spec = path.endsWith("controllers")
                ? TEMPLATE.replace("{\"matchLabels\":{\"a\":\"b\"}}", "{\"a\":\"b\"}")
                : TEMPLATE;
        server.json(201, "POST", path, "{\"metadata\":{\"name\":\"scaled\"},\"spec\":{\"replicas\":1," + spec + "}}");
        ObjectNode scale = (ObjectNode) server.json(200, "GET", path + "/scaled/scale", "");
        assertEquals("Scale", scale.path("kind").asString(""));
        assertEquals("autoscaling/v1", scale.path("apiVersion").asString(""));
        assertEquals(1, scale.path("spec").path("replicas").asInt());
        assertEquals("a=b", scale.path("status").path("selector").asString(""));
        scale.withObject("/spec").put("replicas", 2);
        assertEquals(
                2,
                server.json(200, "PUT", path + "/scaled/scale", scale.toString())
                        .path("spec")
                        .path("replicas")
                        .asInt());
        assertEquals(
                2,
                server.json(200, "GET", path + "/scaled", "")
                        .path("spec")
                        .path("replicas")
                        .asInt());
        assertEquals(
                4,
                server.patch(200, path + "/scaled/scale", "{\"spec\":{\"replicas\":4}}")
                        .path("spec")
                        .path("replicas")
                        .asInt());
        assertEquals(
                4,
                server.json(200, "GET", path + "/scaled", "")
                        .path("spec")
                        .path("replicas")
                        .asInt());
        server.json(409, "PUT", path + "/scaled/scale", scale.toString());
    }

    /// `metadata.generation` of a pod counts changes of its spec, and nothing else.
    @Test
    void aPodsGenerationCountsChangesOfItsSpec() throws Exception {
        JsonNode made = server.json(
                201,
                "POST",
                PODS,
                "{\"metadata\":{\"name\":\"gen\",\"generation\":9},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        assertEquals(1, made.path("metadata").path("generation").asInt());
        assertEquals(1, generation(server.patch(200, PODS + "/gen", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")));
        for (int i = 2; i < 52; i++) {
            JsonNode patched =
                    server.patch(200, PODS + "/gen", "{\"spec\":{\"activeDeadlineSeconds\":" + (10_000 - i) + "}}");
            assertEquals(i, generation(patched));
        }
        assertEquals(51, generation(server.patch(200, PODS + "/gen/status", "{\"status\":{\"message\":\"m\"}}")));
        server.patch(200, PODS + "/gen", "{\"metadata\":{\"generation\":3}}");
        assertEquals(51, generation(server.json(200, "GET", PODS + "/gen", "")));
    }

    private static int generation(JsonNode object) {
        return object.path("metadata").path("generation").asInt();
    }

    @Test
    void aPodsQualityOfServiceIsKnownAtOnce() throws Exception {
        Map<String, String> cases = Map.of(
                "Guaranteed",
                        "{\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}",
                "Burstable", "{\"requests\":{\"cpu\":\"1\"}}",
                "BestEffort", "{}");
        for (Map.Entry<String, String> row : cases.entrySet()) {
            String name = "qos-" + row.getKey().toLowerCase(Locale.ROOT);
            JsonNode pod = server.json(
                    201,
                    "POST",
                    PODS,
                    "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                            + "\"image\":\"i\",\"resources\":" + row.getValue() + "}]}}");
            assertEquals(row.getKey(), pod.path("status").path("qosClass").asString(""));
        }
    }

    @Test
    void theKubernetesServiceIsInTheDefaultNamespace() throws Exception {
        JsonNode service = server.json(200, "GET", "/api/v1/namespaces/default/services/kubernetes", "");
        assertEquals(
                443, service.path("spec").path("ports").path(0).path("port").asInt());
    }

    /// Upstream's walk of an IPAddress: it names a free address and its parent.
    @Test
    void anAddressIsAnObject() throws Exception {
        String path = "/apis/networking.k8s.io/v1/ipaddresses";
        String body =
                "{\"metadata\":{\"name\":\"192.168.7.9\",\"labels\":{\"l\":\"1\"}},\"spec\":{\"parentRef\":{\"resource\":\"services\","
                        + "\"name\":\"none\",\"namespace\":\"default\"}}}";
        server.json(201, "POST", path, body);
        server.json(422, "POST", path, body.replace("192.168.7.9", "192.168.7.009"));
        server.json(
                201,
                "POST",
                path,
                body.replace("192.168.7.9", "fe80::42:1dff:fe84:f9e2").replace("\"l\":\"1\"", "\"l\":\"2\""));
        server.patch(200, path + "/192.168.7.9", "{\"metadata\":{\"annotations\":{\"patched\":\"true\"}}}");
        assertEquals(
                1,
                server.json(200, "GET", path + "?labelSelector=l%3D1", "")
                        .path("items")
                        .size());
        server.json(200, "DELETE", path + "?labelSelector=l%3D1", "");
        server.json(404, "GET", path + "/192.168.7.9", "");
    }

    @Test
    void aCertificateRequestIsApprovedAndAnswered() throws Exception {
        String path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        CertificateAuthority authority = CertificateAuthority.create("ca", Duration.ofDays(1));
        String pem = CertificateRequests.create(KeyPairs.ec(), "walk", List.of("group"), List.of(), List.of());
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.putObject("metadata").put("name", "walk").putObject("labels").put("l", "1");
        request.putObject("spec")
                .put("signerName", "example.com/e2e")
                .put("request", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)))
                .putArray("usages")
                .add("client auth");
        ObjectNode made = (ObjectNode) server.json(201, "POST", path, request.toString());
        made.withObject("/status")
                .putArray("conditions")
                .addObject()
                .put("type", "Approved")
                .put("status", "True")
                .put("reason", "E2E")
                .put("message", "m");
        made.withObject("metadata").withObject("annotations").put("why", "tests");
        JsonNode approved = server.json(200, "PUT", path + "/walk/approval", made.toString());
        assertEquals("tests", approved.at("/metadata/annotations/why").asString());
        assertEquals(
                "Approved",
                approved.path("status").path("conditions").path(0).path("type").asString(""));
        String certificate = Base64.getEncoder()
                .encodeToString(authority.identity().certificatePem().getBytes(StandardCharsets.UTF_8));
        JsonNode signed =
                server.patch(200, path + "/walk/status", "{\"status\":{\"certificate\":\"" + certificate + "\"}}");
        assertEquals(certificate, signed.path("status").path("certificate").asString(""));
        assertEquals(
                1,
                server.json(200, "GET", path + "?labelSelector=l%3D1", "")
                        .path("items")
                        .size());
        server.patch(200, path + "/walk", "{\"metadata\":{\"annotations\":{\"patched\":\"true\"}}}");
        server.json(200, "DELETE", path + "?labelSelector=l%3D1", "");
        server.json(404, "GET", path + "/walk", "");
    }

    /// Every watcher sees the same events in the same order.
    @Test
    void concurrentWatchersSeeOneOrder() throws Exception {
        String maps = "/api/v1/namespaces/default/configmaps";
        String from = server.json(200, "GET", maps, "")
                .path("metadata")
                .path("resourceVersion")
                .asString("");
        int count = 40;
        for (int i = 0; i < count / 2; i++) {
            server.json(201, "POST", maps, "{\"metadata\":{\"name\":\"order-" + i + "\"}}");
            server.patch(200, maps + "/order-" + i / 2, "{\"data\":{\"n\":\"" + i + "\"}}");
        }
        List<List<String>> seen = new ArrayList<>();
        for (int watcher = 0; watcher < 4; watcher++) {
            seen.add(revisions(maps + "?watch=true&resourceVersion=" + from, count));
        }
        for (List<String> one : seen) {
            assertEquals(seen.getFirst(), one);
        }
        assertEquals(
                seen.getFirst().stream()
                        .sorted(Comparator.comparing(Long::valueOf))
                        .toList(),
                seen.getFirst());
    }

    private static List<String> revisions(String path, int count) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path)).build();
        List<String> revisions = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            while (revisions.size() < count) {
                revisions.add(Json.MAPPER
                        .readTree(lines.readLine())
                        .path("object")
                        .path("metadata")
                        .path("resourceVersion")
                        .asString(""));
            }
        }
        return revisions;
    }
}
