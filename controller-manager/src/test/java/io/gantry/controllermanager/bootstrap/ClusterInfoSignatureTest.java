package io.gantry.controllermanager.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterInfoSignatureTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// The answer that upstream's own test knows (`cluster-bootstrap/token/jws/jws_test.go`).
    @Test
    void signsAsUpstreamDoes() {
        BootstrapToken token =
                new BootstrapToken("joshua", "my voice is my passcode", java.util.Optional.empty(), true);
        assertEquals(
                "eyJhbGciOiJIUzI1NiIsImtpZCI6Impvc2h1YSJ9..7Ui1ALizW4jXphVUB7xUqC9vLYLL9RZeOFfVLoB7Tgk",
                ClusterInfoSignature.of("", token));
    }

    @Test
    void onlyLivingSigningTokensSign() {
        Map<String, String> data = BootstrapSignerController.signed(
                Map.of("kubeconfig", "x", "jws-kubeconfig-gone00", "old"),
                List.of(
                        secret("aaaaaa", "2026-01-02T00:00:00Z", "true"),
                        secret("bbbbbb", "2025-12-31T00:00:00Z", "true"),
                        secret("cccccc", "", "false"),
                        secret("dddddd", "", "true")),
                NOW);
        assertEquals(java.util.Set.of("kubeconfig", "jws-kubeconfig-aaaaaa", "jws-kubeconfig-dddddd"), data.keySet());
    }

    private static Secret secret(String id, String expiration, String signing) {
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"bootstrap-token-%s"},"type":"bootstrap.kubernetes.io/token",
                 "data":{"token-id":"%s","token-secret":"%s","expiration":"%s","usage-bootstrap-signing":"%s"}}""".formatted(id, base64(id), base64("0123456789abcdef"), base64(expiration), base64(signing)),
                Secret.class);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
