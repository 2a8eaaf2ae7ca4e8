package io.gantry.kubelet.volume;

import io.gantry.api.authentication.v1.tokenrequest.BoundObjectReference;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestSpecBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ServiceAccountTokenProjection;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.runtime.PodIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tokens for pods (upstream `pkg/kubelet/token`): asked for anew after 80 % of their life or 24 hours. Thread-safe.
public final class ServiceAccountTokens {
    private static final long DEFAULT_SECONDS = 3600;
    private static final Duration OLDEST = Duration.ofHours(24);

    private record Key(String podUid, String audience, long seconds) {}

    private record Token(TokenRequestStatus status, Instant refreshAt) {}

    private final Cluster cluster;
    private final Clock clock;
    private final Map<Key, Token> tokens = new ConcurrentHashMap<>();

    public ServiceAccountTokens(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    String token(Pod pod, ServiceAccountTokenProjection projection) {
        String audience = Objects.requireNonNullElse(projection.audience(), "");
        return Objects.requireNonNull(
                status(pod, audience, projection.expirationSeconds()).token(), "token");
    }

    /// @param audience empty for the API server's own
    /// @param expirationSeconds how long it is to live; null for an hour
    public TokenRequestStatus status(Pod pod, String audience, @Nullable Long expirationSeconds) {
        PodIdentity id = PodIdentity.of(pod);
        long seconds = Objects.requireNonNullElse(expirationSeconds, DEFAULT_SECONDS);
        Key key = new Key(id.uid(), audience, seconds);
        Token known = tokens.get(key);
        if (known != null && clock.instant().isBefore(known.refreshAt())) {
            return known.status();
        }
        Token fresh = request(pod, id, audience, seconds);
        tokens.put(key, fresh);
        return fresh.status();
    }

    public void forget(String podUid) {
        tokens.keySet().removeIf(key -> key.podUid().equals(podUid));
    }

    private Token request(Pod pod, PodIdentity id, String audience, long seconds) {
        TokenRequest request = TokenRequestBuilder.builder()
                .apiVersion("authentication.k8s.io/v1")
                .kind("TokenRequest")
                .spec(TokenRequestSpecBuilder.builder()
                        .audiences(audience.isEmpty() ? List.of() : List.of(audience))
                        .expirationSeconds(seconds)
                        .boundObjectRef(new BoundObjectReference("v1", "Pod", id.name(), id.uid()))
                        .build())
                .build();
        Instant now = clock.instant();
        String account = Objects.requireNonNullElse(pod.spec().serviceAccountName(), "default");
        TokenRequest answer = cluster.token(id.namespace(), account, request);
        Instant expires = Objects.requireNonNull(answer.status().expirationTimestamp(), "expirationTimestamp");
        Duration life = Duration.between(now, expires);
        Duration keep = life.multipliedBy(4).dividedBy(5);
        return new Token(answer.status(), now.plus(keep.compareTo(OLDEST) > 0 ? OLDEST : keep));
    }
}
