package io.gantry.kubeproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyPagesTest {
    /// @param health the code of `/healthz`
    /// @param liveness the code of `/livez`
    record Case(String node, String problem, int health, int liveness) {}

    static List<Case> cases() {
        return List.of(
                new Case("{}", "", 200, 200),
                new Case("{}", "no nft", 503, 503),
                new Case("{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'}}", "", 503, 200),
                new Case("{'spec':{'taints':[{'key':'ToBeDeletedByClusterAutoscaler'}]}}", "", 503, 200),
                new Case("{'spec':{'taints':[{'key':'other'}]}}", "", 200, 200));
    }

    private static ProxyPages pages(Case it) {
        Node node = Json.MAPPER.readValue(it.node().replace('\'', '"'), Node.class);
        return new ProxyPages(
                () -> Optional.of(node),
                () -> Optional.of(it.problem()).filter(problem -> !problem.isEmpty()),
                () -> Instant.EPOCH);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aNodeThatLeavesGetsNoNewConnections(Case it) {
        assertEquals(it.health(), pages(it).health().code());
        assertEquals(it.liveness(), pages(it).liveness().code());
    }

    @Test
    void healthIsUpstreamsJson() {
        assertEquals(
                "{\"lastUpdated\":\"1970-01-01T00:00:00Z\",\"currentTime\":\"1970-01-01T00:00:00Z\",\"healthy\":true,"
                        + "\"status\":{\"IPv4\":{\"lastUpdated\":\"1970-01-01T00:00:00Z\",\"healthy\":true}},"
                        + "\"nodeEligible\":true}",
                pages(cases().getFirst()).health().text());
    }

    @Test
    void theModeIsServedBesideTheMetrics() throws Exception {
        ProxyPages pages = pages(cases().getFirst());
        try (HttpClient client = HttpClient.newHttpClient();
                HealthServer server =
                        pages.serveStatus("127.0.0.1:0", new Metrics()).orElseThrow()) {
            assertEquals("nftables", get(client, server, "/proxyMode"));
            assertEquals("ok", get(client, server, "/healthz"));
            server.serve("/healthz", pages::health);
            assertEquals(pages.health().text(), get(client, server, "/healthz"));
            assertEquals(Optional.empty(), pages.serveStatus("127.0.0.1:" + server.port(), new Metrics()));
        }
    }

    private static String get(HttpClient client, HealthServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
