package io.gantry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapBuilder;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceTest {
    private final FakeApiServer server = new FakeApiServer();
    private final ApiClient client = server.client();
    private final Resource<ConfigMap> maps = client.resource(ConfigMapKind.KIND);
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void createSendsKindAndNamespace() {
        server.then(exchange -> {
            assertEquals("Bearer secret", exchange.getRequestHeaders().getFirst("Authorization"));
            assertEquals("test/v1.36", exchange.getRequestHeaders().getFirst("User-Agent"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            FakeApiServer.json(exchange, 201, "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\"}}");
        });
        ConfigMap made = maps.create(ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().namespace("ns").name("a").build())
                .data(Map.of("k", "v"))
                .build());
        assertEquals("1", made.metadata().resourceVersion());
        assertEquals("POST /api/v1/namespaces/ns/configmaps", server.requests().getFirst());
        assertTrue(bodies.getFirst().contains("\"kind\":\"ConfigMap\""), bodies.getFirst());
        assertTrue(bodies.getFirst().contains("\"apiVersion\":\"v1\""), bodies.getFirst());
    }

    @Test
    void failuresAreStatuses() {
        server.thenJson(404, """
                {"kind":"Status","status":"Failure","reason":"NotFound","message":"configmaps \\"x\\" not found","code":404}""");
        StatusException e = assertThrows(StatusException.class, () -> maps.get("ns", "x"));
        assertTrue(e.isNotFound());
        assertEquals("configmaps \"x\" not found", e.getMessage());
    }

    @Test
    void retryAfterIsHeeded() {
        server.then(exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    FakeApiServer.json(exchange, 429, "slow down");
                })
                .thenJson(200, "{\"metadata\":{\"name\":\"a\"}}");
        assertEquals("a", maps.get("ns", "a").metadata().name());
        assertEquals(2, server.requests().size());
    }

    @Test
    void aTooManyRequestsWithoutTimeIsAnError() {
        server.thenJson(429, "no");
        StatusException e = assertThrows(StatusException.class, () -> maps.get("ns", "a"));
        assertEquals("TooManyRequests", e.reason());
    }

    @Test
    void aServerThatIsAwayIsUnavailable() {
        try (ApiClient away = ApiClient.connect(Kubeconfig.ofToken(URI.create("http://127.0.0.1:1"), "", "t"))) {
            StatusException e = assertThrows(
                    StatusException.class,
                    () -> away.resource(ConfigMapKind.KIND).get("ns", "a"));
            assertEquals(503, e.code());
        }
    }

    @Test
    void patchesNameTheirKindAndTarget() {
        server.then(exchange -> {
            bodies.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            FakeApiServer.json(exchange, 200, "{}");
        });
        maps.patch("ns", "a", Patch.apply("me", true, Map.of("x", 1)).subresource("status"));
        assertEquals("application/apply-patch+yaml", bodies.getFirst());
        assertEquals(
                "PATCH /api/v1/namespaces/ns/configmaps/a/status?fieldManager=me&force=true",
                server.requests().getFirst());
    }
}
