package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.encryption.FakeKms;
import io.gantry.store.memory.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose Secrets a KMS plugin protects, over real HTTP and gRPC.
@Timeout(400)
class KmsServerTest {
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PREFIX = "k8s:enc:kms:v2:vault:";

    @TempDir
    private Path directory;

    private final MemoryStore store = new MemoryStore();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        store.close();
    }

    private Path config(String... providers) throws Exception {
        StringBuilder yaml = new StringBuilder("""
            apiVersion: apiserver.config.k8s.io/v1
            kind: EncryptionConfiguration
            resources:
            - resources: [secrets]
              providers:
            """);
        Arrays.stream(providers)
                .forEach(provider -> yaml.append("  - ").append(provider).append('\n'));
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }

    private String kms() {
        return "kms: {apiVersion: v2, name: vault, timeout: 5s, endpoint: 'unix://" + socket() + "'}";
    }

    private Path socket() {
        return directory.resolve("kms.sock");
    }

    private ApiServer start(String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--bind-address=127.0.0.1",
                "--secure-port=0",
                "--encryption-provider-config=" + directory.resolve("config.yaml")));
        all.addAll(List.of(flags));
        return ServerStart.start(store, all.toArray(String[]::new));
    }

    private HttpResponse<String> send(ApiServer server, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private int create(ApiServer server, String path, String name) throws Exception {
        return send(server, "POST", path, "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"aGlkZGVu\"}}")
                .statusCode();
    }

    private String stored(String name) {
        return new String(
                store.get("/registry/secrets/default/" + name).orElseThrow().value(), StandardCharsets.ISO_8859_1);
    }

    private String get(ApiServer server, String path) throws Exception {
        return send(server, "GET", path, "").body();
    }

    @Test
    void secretsAreReadOnlyWithThePlugin() throws Exception {
        config(kms(), "identity: {}");
        try (FakeKms plugin = new FakeKms(socket())) {
            try (ApiServer server = start()) {
                assertEquals("ok", get(server, "/healthz/kms-providers"));
                assertEquals(201, create(server, SECRETS, "a"));
                assertTrue(stored("a").startsWith(PREFIX), stored("a"));
                assertTrue(!stored("a").contains("aGlkZGVu") && !stored("a").contains("hidden"));
                assertTrue(get(server, SECRETS + "/a").contains("aGlkZGVu"));
                String metrics = get(server, "/metrics");
                assertTrue(
                        metrics.contains("apiserver_envelope_encryption_kms_operations_latency_seconds_count{"
                                + "grpc_status_code=\"OK\",method_name=\"/v2.KeyManagementService/Encrypt\","
                                + "provider_name=\"vault\"} 1"),
                        metrics);
            }
            try (ApiServer server = start()) {
                assertTrue(get(server, SECRETS).contains("aGlkZGVu"), "after a restart");
                assertEquals(1, plugin.decrypted.get());
            }
        }
    }

    /// A plugin may be a pod of this cluster: it comes after the server.
    @Test
    void aPluginMayComeLater() throws Exception {
        config(kms());
        try (ApiServer server = start()) {
            String health = get(server, "/readyz");
            assertTrue(health.contains("[-]kms-providers failed"), health);
            assertEquals(201, create(server, MAPS, "m"));
            HttpResponse<String> refused = send(server, "POST", SECRETS, "{\"metadata\":{\"name\":\"a\"}}");
            assertEquals(500, refused.statusCode());
            assertTrue(refused.body().contains("has not answered yet"), refused.body());
            try (FakeKms plugin = new FakeKms(socket())) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> get(server, "/healthz/kms-providers").equals("ok"));
                assertEquals(201, create(server, SECRETS, "a"));
                assertEquals("k1", plugin.keyId);
            }
            assertEquals(201, create(server, SECRETS, "b"), "for three minutes");
            assertTrue(get(server, SECRETS + "/b").contains("aGlkZGVu"));
        }
    }

    /// Nothing of it stops what needs no Secret.
    @Test
    void withoutThePluginAServerComesUpWithoutItsSecrets() throws Exception {
        config(kms());
        try (FakeKms plugin = new FakeKms(socket());
                ApiServer server = start()) {
            assertEquals("k1", plugin.keyId);
            assertEquals(201, create(server, SECRETS, "a"));
        }
        try (ApiServer server = start()) {
            assertEquals(201, create(server, MAPS, "m"));
            HttpResponse<String> refused = send(server, "GET", SECRETS, "");
            assertEquals(500, refused.statusCode(), refused.body());
            try (FakeKms plugin = new FakeKms(socket())) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> get(server, SECRETS).contains("aGlkZGVu"));
                assertEquals("k1", plugin.keyId);
            }
        }
    }

    /// From plain to the plugin and back, and what cannot be used changes nothing.
    @Test
    void aChangedFileCounts() throws Exception {
        config("identity: {}");
        try (FakeKms plugin = new FakeKms(socket());
                ApiServer server = start("--encryption-provider-config-automatic-reload")) {
            assertEquals("ok", get(server, "/healthz/kms-providers"));
            assertEquals(201, create(server, SECRETS, "a"));
            assertTrue(stored("a").contains("aGlkZGVu"));
            config("kms: {apiVersion: v2}");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> get(server, "/metrics").contains("automatic_reloads_total{"));
            assertTrue(get(server, "/metrics").contains("status=\"failure\"} 1"));
            assertEquals(201, create(server, SECRETS, "b"));
            config(kms(), "identity: {}");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> stored("a").startsWith(PREFIX) && stored("b").startsWith(PREFIX));
            assertTrue(get(server, SECRETS + "/a").contains("aGlkZGVu"));
            assertEquals("k1", plugin.keyId);
        }
    }

    @Test
    void aFollowedFileHasToBeGiven() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ServerFlags.parse("--encryption-provider-config-automatic-reload"));
    }
}
