package io.gantry.apiserver.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import io.gantry.apiserver.OwnAddress;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// API aggregation with a real second server that checks the front proxy's certificate.
@Timeout(60)
class AggregationTest {
    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String WIDGETS = "/apis/things.example.com/v1/namespaces/default/widgets";

    private ExtensionServer extension;
    private LocalServer api;

    @BeforeEach
    void start() throws Exception {
        extension = new ExtensionServer();
        api = new LocalServer(extension.frontProxy());
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        extension.close();
    }

    private void register() throws Exception {
        api.json(201, "POST", SERVICES, """
            {"metadata":{"name":"v1.things.example.com"},"spec":{"group":"things.example.com","version":"v1",
             "groupPriorityMinimum":2000,"versionPriority":15,"caBundle":"%s",
             "service":{"namespace":"default","name":"ext"}}}""".formatted(extension.caBundle()));
    }

    private void service() throws Exception {
        api.json(
                201,
                "POST",
                "/api/v1/namespaces/default/services",
                "{\"metadata\":{\"name\":\"ext\"},\"spec\":{\"ports\":[{\"port\":443}]}}");
    }

    private void endpoints() throws Exception {
        api.json(201, "POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """
            {"metadata":{"name":"ext-1","labels":{"kubernetes.io/service-name":"ext"}},"addressType":"IPv4",
             "ports":[{"name":"","port":%d,"protocol":"TCP"}],
             "endpoints":[{"addresses":["%s"],"conditions":{"ready":true}}]}""".formatted(
                        extension.port(), OwnAddress.find()));
    }

    private JsonNode condition() throws Exception {
        return api.json(200, "GET", SERVICES + "/v1.things.example.com", "")
                .path("status")
                .path("conditions")
                .path(0);
    }

    private void awaitReason(String reason) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertEquals(reason, condition().path("reason").asString()));
    }

    private void ready() throws Exception {
        service();
        endpoints();
        register();
        awaitReason("Passed");
        Awaitility.await()
                .until(() -> api.send("GET", WIDGETS, "application/json", "").statusCode() == 200);
        extension.heads.clear();
    }

    @Test
    void availabilityFollowsTheService() throws Exception {
        register();
        awaitReason("ServiceNotFound");
        assertEquals("False", condition().path("status").asString());
        assertEquals(
                "service/ext in \"default\" is not present",
                condition().path("message").asString());
        HttpResponse<String> away = api.send("GET", WIDGETS, "application/json", "");
        assertEquals(503, away.statusCode());
        assertEquals("service unavailable\n", away.body());
        service();
        awaitReason("EndpointsNotFound");
        endpoints();
        awaitReason("Passed");
        assertEquals("True", condition().path("status").asString());
        extension.close();
        api.patch(200, "/api/v1/namespaces/default/services/ext", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        awaitReason("FailedDiscoveryCheck");
    }

    @Test
    void requestsArePassedOnAsTheirUser() throws Exception {
        ready();
        HttpResponse<String> answer = api.send("GET", WIDGETS + "?limit=5", "application/json", "");
        assertEquals("{\"kind\":\"WidgetList\"}", answer.body());
        String head = nextForWidgets();
        assertTrue(head.startsWith("GET " + WIDGETS + "?limit=5 HTTP/1.1\r\n"), head);
        assertTrue(head.contains("Host: ext.default.svc:443\r\n"), head);
        assertTrue(head.contains("X-Remote-User: admin\r\n"), head);
        assertTrue(head.contains("X-Remote-Group: system:masters\r\n"), head);
        assertTrue(head.contains("X-Remote-Group: system:authenticated\r\n"), head);
        HttpRequest forged = HttpRequest.newBuilder(api.uri(WIDGETS))
                .header("x-remote-user", "somebody")
                .header("authorization", "Bearer x")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(forged, HttpResponse.BodyHandlers.ofString());
        }
        String second = nextForWidgets();
        assertFalse(second.contains("somebody"), second);
        assertFalse(second.contains("Bearer"), second);
        assertEquals(
                404, api.send("GET", WIDGETS + "/none", "application/json", "").statusCode());
    }

    /// The server itself asks the extension, too, for what it has and for its schemas.
    private String nextForWidgets() throws InterruptedException {
        String head = extension.heads.take();
        while (!head.startsWith("GET " + WIDGETS)) {
            head = extension.heads.take();
        }
        return head;
    }

    @Test
    void watchesStream() throws Exception {
        ready();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> stream = client.send(
                    HttpRequest.newBuilder(api.uri(WIDGETS + "?watch=true")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertEquals("0", lines.readLine());
                assertEquals("1", lines.readLine());
                assertEquals("2", lines.readLine());
            }
            client.shutdownNow();
        }
    }

    @Test
    void connectionsLeaveHttp() throws Exception {
        ready();
        try (Socket socket = new Socket(api.uri("/").getHost(), api.uri("/").getPort())) {
            String head = "POST " + WIDGETS + "/w/exec HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                    + "Upgrade: SPDY/3.1\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n")) {
                answer.append((char) in.read());
            }
            assertTrue(answer.toString().startsWith("HTTP/1.1 101 "), answer.toString());
            socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
            assertEquals("ping", new String(in.readNBytes(4), StandardCharsets.US_ASCII));
        }
        assertTrue(extension.heads.take().contains("X-Remote-User: admin\r\n"));
    }

    @Test
    void discoveryShowsTheGroup() throws Exception {
        ready();
        JsonNode group = api.json(200, "GET", "/apis/things.example.com", "");
        assertEquals(
                "things.example.com/v1",
                group.path("preferredVersion").path("groupVersion").asString());
        assertEquals(
                "widgets",
                api.json(200, "GET", "/apis/things.example.com/v1", "")
                        .path("resources")
                        .path(0)
                        .path("name")
                        .asString());
        HttpRequest request = HttpRequest.newBuilder(api.uri("/apis"))
                .header("accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode all = Json.MAPPER.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            JsonNode found = all.path("items")
                    .valueStream()
                    .filter(item ->
                            item.path("metadata").path("name").asString("").equals("things.example.com"))
                    .findFirst()
                    .orElseThrow();
            JsonNode version = found.path("versions").path(0);
            assertEquals("Current", version.path("freshness").asString());
            JsonNode widgets = version.path("resources").path(0);
            assertEquals("[\"wd\"]", widgets.path("shortNames").toString());
            assertEquals(
                    "status",
                    widgets.path("subresources").path(0).path("subresource").asString());
        }
        api.json(200, "DELETE", SERVICES + "/v1.things.example.com", "");
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        404,
                        api.send("GET", "/apis/things.example.com", "application/json", "")
                                .statusCode()));
    }

    @Test
    void openApiLeadsToTheOtherServer() throws Exception {
        ready();
        JsonNode index = api.json(200, "GET", "/openapi/v3", "");
        String path = index.path("paths")
                .path("apis/things.example.com/v1")
                .path("serverRelativeURL")
                .asString();
        assertEquals("/openapi/v3/apis/things.example.com/v1?hash=ABC", path);
        assertTrue(index.path("paths").has("apis/apps/v1"));
        assertEquals("3.0.0", api.json(200, "GET", path, "").path("openapi").asString());
    }

    /// One v2 document of all servers, in JSON and in what old kubectl asks for.
    @Test
    void openApiV2HoldsTheOtherServers() throws Exception {
        ready();
        JsonNode document = api.json(200, "GET", "/openapi/v2", "");
        String time = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
        assertTrue(document.path("paths").has("/apis/things.example.com/v1/widgets"));
        assertTrue(document.path("paths").has("/apis/apps/v1/deployments"));
        assertFalse(document.path("paths").has("/apis/elsewhere.example.com/v1/x"), "not what it does not serve here");
        JsonNode definitions = document.path("definitions");
        assertFalse(definitions.has("unused"));
        assertEquals("string", definitions.path(time).path("type").asString());
        assertEquals("integer", definitions.path(time + "_v2").path("type").asString());
        assertEquals(
                "#/definitions/" + time + "_v2",
                definitions.at("/com.example.Widget/properties/at/$ref").asString());
        HttpResponse<String> old = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api.uri("/openapi/v2"))
                                .header("accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
                                .build(),
                        HttpResponse.BodyHandlers.ofString(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertTrue(old.body().contains("com.example.Widget"));
    }

    @Test
    void ownGroupsAreLocal() throws Exception {
        JsonNode apps = api.json(200, "GET", SERVICES + "/v1.apps", "");
        assertEquals(
                "onstart",
                apps.path("metadata")
                        .path("labels")
                        .path("kube-aggregator.kubernetes.io/automanaged")
                        .asString());
        JsonNode condition = apps.path("status").path("conditions").path(0);
        assertEquals("Local", condition.path("reason").asString());
        assertEquals("True", condition.path("status").asString());
        api.json(200, "GET", SERVICES + "/v1.", "");
        api.json(201, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {"metadata":{"name":"gadgets.example.org"},"spec":{"group":"example.org","scope":"Namespaced",
             "names":{"plural":"gadgets","kind":"Gadget"},"versions":[{"name":"v1","served":true,"storage":true,
             "schema":{"openAPIV3Schema":{"type":"object"}}}]}}""");
        Awaitility.await().untilAsserted(() -> api.json(200, "GET", SERVICES + "/v1.example.org", ""));
        api.json(200, "DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.example.org", "");
        Awaitility.await().untilAsserted(() -> api.json(404, "GET", SERVICES + "/v1.example.org", ""));
    }
}
