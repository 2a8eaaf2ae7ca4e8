package io.gantry.cli.node;

import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.secret.SecretBuilder;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.GoTimes;
import io.gantry.client.ApiClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bootstrap tokens: Secrets of type `bootstrap.kubernetes.io/token` in kube-system, as kubeadm makes them.
public final class BootstrapTokens {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 6;
    private static final int SECRET_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private BootstrapTokens() {}

    /// A new token, `id.secret`; not known to any cluster yet.
    public static String generate() {
        return random(ID_LENGTH) + "." + random(SECRET_LENGTH);
    }

    /// Makes a token known to the cluster.
    public static void register(ApiClient client, String token, Duration life, String description) {
        client.resource(SecretKind.KIND).create(secret(token, Instant.now().plus(life), description));
    }

    static Secret secret(String token, Instant expiry, String description) {
        String id = token.substring(0, token.indexOf('.'));
        Map<String, String> data = new LinkedHashMap<>();
        data.put("token-id", id);
        data.put("token-secret", token.substring(token.indexOf('.') + 1));
        data.put("expiration", GoTimes.seconds(expiry));
        data.put("usage-bootstrap-authentication", "true");
        data.put("usage-bootstrap-signing", "true");
        data.put("auth-extra-groups", "system:bootstrappers:kubeadm:default-node-token");
        data.put("description", description);
        data.replaceAll((key, value) -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        return SecretBuilder.builder()
                .apiVersion("v1")
                .kind("Secret")
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("kube-system")
                        .name("bootstrap-token-" + id)
                        .build())
                .type("bootstrap.kubernetes.io/token")
                .data(data)
                .build();
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
