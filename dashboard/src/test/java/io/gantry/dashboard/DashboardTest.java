package io.gantry.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.dashboard.Visitor.Seen;
import io.gantry.testing.FromGantry;
import io.gantry.testing.Gantry;
import io.gantry.testing.GantryCluster;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The dashboard in front of a real API server, asked byte by byte.
@Gantry
class DashboardTest {
    private final Dashboard dashboard;
    private final GantryCluster cluster;
    private Visitor visitor;

    DashboardTest(GantryCluster cluster) throws IOException {
        this.cluster = cluster;
        this.dashboard = Dashboard.start(cluster.config("admin", "system:masters"), 0);
    }

    @BeforeEach
    void comeIn() throws IOException {
        visitor = Visitor.invited(dashboard);
    }

    @AfterEach
    void stop() throws IOException {
        visitor.close();
        dashboard.close();
    }

    @Test
    void theTokenIsExchangedForACookie() throws IOException {
        Visitor stranger = Visitor.stranger(dashboard);
        String target = dashboard.url().substring(dashboard.url().indexOf("/?"));

        Seen let = stranger.get(target);
        assertEquals(303, let.status());
        assertEquals("/", let.header("location"));
        assertTrue(let.header("set-cookie").endsWith("; Path=/; HttpOnly; SameSite=Strict"), let.header("set-cookie"));
        assertFalse(let.header("set-cookie").contains(target.substring(8)), "the cookie is a secret of its own");
        assertEquals(401, stranger.get("/").status());
        assertEquals(401, stranger.get("/?token=wrong").status());
        assertEquals(401, stranger.get("/api/v1/nodes").status());
        assertEquals(401, stranger.get("/main.js").status());
        assertEquals(200, visitor.get("/").status());
    }

    @Test
    void thePageIsHarmless() throws IOException {
        Seen page = visitor.get("/");

        assertEquals("text/html; charset=utf-8", page.header("content-type"));
        assertEquals("nosniff", page.header("x-content-type-options"));
        assertEquals("DENY", page.header("x-frame-options"));
        String policy = page.header("content-security-policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(page.body().matches("(?s).*<script[^>]*>[^<].*"), "scripts stand in files");
        assertFalse(page.body().contains("http"), "nothing comes from elsewhere");
    }

    @Test
    void otherNamesAndOtherPagesAreRefused() throws IOException {
        String get = "GET /api/v1/nodes HTTP/1.1\r\n" + visitor.cookieLine();
        assertEquals(403, visitor.send(get + "Host: evil.example\r\n\r\n").status());
        assertEquals(
                403, visitor.send(get + "Host: 127.0.0.1.evil.example\r\n\r\n").status());
        assertEquals(403, visitor.send(get + "\r\n").status());
        assertEquals(200, visitor.send(get + "Host: localhost:1234\r\n\r\n").status());
        assertEquals(
                403,
                visitor.send(get + "Host: localhost:1\r\nOrigin: http://localhost:2\r\n\r\n")
                        .status());
        assertEquals(
                403,
                visitor.post("/api/v1/namespaces", "http://evil.example", "{}").status());
        assertEquals(403, visitor.post("/api/v1/namespaces", "", "{}").status());
        assertEquals(
                403,
                visitor.send(get + "Host: " + visitor.host() + "\r\nUpgrade: websocket\r\n\r\n")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/api/../metrics",
                "/api/v1/%2e%2e/%2e%2e/metrics",
                "/api/v1/namespaces/default/services/kubernetes/proxy/",
                "/../../etc/passwd",
                "/io/gantry/dashboard/Dashboard.class",
                "/page/index.html"
            })
    void onlyTheApiIsPassedOn(String path) throws IOException {
        assertEquals(403, visitor.get(path).status());
    }

    @Test
    void answersAreRelayedAsTheyAre() throws IOException {
        Seen nodes = visitor.getTable("/api/v1/nodes?limit=1");
        JsonNode table = Json.MAPPER.readTree(nodes.body());
        assertEquals("Table", table.path("kind").asString());
        assertEquals("node-0", table.path("rows").path(0).path("cells").path(0).asString());
        assertEquals("default-src 'none'; frame-ancestors 'none'; sandbox", nodes.header("content-security-policy"));

        String body = "{\"metadata\": {\"name\": \"dashboard-made\"}}";
        assertEquals(
                201, visitor.post("/api/v1/namespaces", visitor.origin(), body).status());
        Seen again = visitor.post("/api/v1/namespaces", visitor.origin(), body);
        assertEquals(409, again.status());
        assertEquals(
                "namespaces \"dashboard-made\" already exists",
                Json.MAPPER.readTree(again.body()).path("message").asString());
    }

    @Test
    void thePageActsAsWhomTheKubeconfigNames() throws IOException {
        try (Dashboard janes = Dashboard.start(cluster.config("jane"), 0);
                Visitor jane = Visitor.invited(janes)) {
            Seen refused = jane.get("/api/v1/secrets");
            assertEquals(403, refused.status());
            assertTrue(refused.body().contains("User \\\"jane\\\" cannot list"), refused.body());
        }
    }

    @Test
    void oneDashboardsCookieOpensNoOther() throws IOException {
        try (Dashboard other = Dashboard.start(cluster.config("admin", "system:masters"), 0)) {
            String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + other.port() + "\r\n" + visitor.cookieLine();
            assertEquals(401, Visitor.stranger(other).send(request + "\r\n").status());
        }
    }

    @Test
    void watchesComeOverWebSockets(@FromGantry(FromGantry.Value.NAMESPACE) String namespace) throws Exception {
        Messages messages = new Messages();
        String path = "/api/v1/namespaces/" + namespace + "/configmaps";
        visitor.open("/stream/table" + path + "?watch=true&fieldSelector=metadata.name%3Dmine", messages);
        assertEquals("{\"status\":200,\"body\":\"\"}", messages.next());

        visitor.post(path, visitor.origin(), "{\"metadata\": {\"name\": \"mine\"}, \"data\": {\"a\": \"b\"}}");
        JsonNode event = Json.MAPPER.readTree(messages.next());
        assertEquals("ADDED", event.path("type").asString());
        assertEquals("Table", event.path("object").path("kind").asString());
        assertEquals(
                1,
                event.path("object").path("rows").path(0).path("cells").path(1).asInt());
    }

    @Test
    void aRefusedWatchTellsWhy() throws Exception {
        Messages messages = new Messages();
        visitor.open("/stream/apis/none.example/v1/things?watch=true", messages);

        JsonNode begin = Json.MAPPER.readTree(messages.next());
        assertEquals(404, begin.path("status").asInt());
        assertTrue(begin.path("body").asString().contains("404"), begin.toString());
        assertTrue(messages.awaitClose());
    }
}
