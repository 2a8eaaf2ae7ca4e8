package io.gantry.controllermanager.bootstrap;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/// A bootstrap token as its Secret tells it (upstream `k8s.io/cluster-bootstrap/token/api`).
///
/// @param expiration empty when it never expires; the epoch when its time cannot be read
/// @param signing whether it signs `cluster-info`
record BootstrapToken(String id, String secret, Optional<Instant> expiration, boolean signing) {
    static final String NAMESPACE = "kube-system";
    static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final String PREFIX = "bootstrap-token-";

    /// Empty when the Secret is no proper bootstrap token.
    static Optional<BootstrapToken> of(Secret secret) {
        String name = text(secret.metadata().name());
        String id = value(secret, "token-id");
        String key = value(secret, "token-secret");
        if (!TYPE.equals(secret.type()) || id.isEmpty() || key.isEmpty() || !name.equals(PREFIX + id)) {
            return Optional.empty();
        }
        String expiration = value(secret, "expiration");
        return Optional.of(new BootstrapToken(
                id,
                key,
                expiration.isEmpty() ? Optional.empty() : Optional.of(parse(expiration)),
                value(secret, "usage-bootstrap-signing").equals("true")));
    }

    boolean isExpired(Instant now) {
        return expiration.isPresent() && !expiration.get().isAfter(now);
    }

    private static Instant parse(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String value(Secret secret, String key) {
        String encoded = secret.data().get(key);
        return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
