package io.gantry.apiserver.token;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.authn.TokenAuthenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Who a service-account token is: the token must be ours and in time, and its account, and the pod, secret
/// or node it is bound to, must still be the same objects. A pod that is being deleted keeps its tokens for
/// a minute past its grace.
public final class ServiceAccountTokens implements TokenAuthenticator {
    private static final String EXTRA = "authentication.kubernetes.io/";
    private static final Duration DELETION_LEEWAY = Duration.ofSeconds(60);

    private final TokenCodec codec;
    private final ObjectReader reader;
    private final InstantSource clock;

    public ServiceAccountTokens(TokenCodec codec, ObjectReader reader, InstantSource clock) {
        this.codec = codec;
        this.reader = reader;
        this.clock = clock;
    }

    /// Makes later calls not block.
    public void load() {
        for (Kind<?> kind : List.of(ServiceAccountKind.KIND, PodKind.KIND, SecretKind.KIND, NodeKind.KIND)) {
            reader.get(kind, kind.namespaced() ? "default" : "", "default");
        }
    }

    @Override
    public Optional<Authenticated> authenticate(String token) {
        Instant now = clock.instant();
        return codec.decode(token, now)
                .filter(claims -> exists(ServiceAccountKind.KIND, claims.namespace(), claims.serviceAccount(), now))
                .filter(claims -> claims.bound()
                        .map(bound -> exists(kind(bound), claims.namespace(), bound.ref(), now))
                        .orElse(true))
                .map(claims -> new Authenticated(user(claims), claims.audiences(), claims.expires()));
    }

    private static Kind<?> kind(TokenClaims.Bound bound) {
        return switch (bound.kind()) {
            case "pod" -> PodKind.KIND;
            case "secret" -> SecretKind.KIND;
            default -> NodeKind.KIND;
        };
    }

    private boolean exists(Kind<?> kind, String namespace, TokenClaims.Ref ref, Instant now) {
        return reader.get(kind, kind.namespaced() ? namespace : "", ref.name())
                .filter(object -> ref.uid().equals(Trees.uid(object)))
                .filter(object -> !longDeleted(object, now))
                .isPresent();
    }

    private static boolean longDeleted(ObjectNode object, Instant now) {
        String deleted = Trees.text(object, "metadata", "deletionTimestamp");
        return !deleted.isEmpty() && now.isAfter(Instant.parse(deleted).plus(DELETION_LEEWAY));
    }

    private static UserInfo user(TokenClaims claims) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        if (!claims.id().isEmpty()) {
            extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.id()));
        }
        claims.bound().filter(bound -> bound.kind().equals("pod")).ifPresent(bound -> {
            extra.put(EXTRA + "pod-name", List.of(bound.ref().name()));
            extra.put(EXTRA + "pod-uid", List.of(bound.ref().uid()));
        });
        claims.node().ifPresent(node -> {
            extra.put(EXTRA + "node-name", List.of(node.name()));
            if (!node.uid().isEmpty()) {
                extra.put(EXTRA + "node-uid", List.of(node.uid()));
            }
        });
        return new UserInfo(
                TokenCodec.SUBJECT_PREFIX + claims.namespace() + ":"
                        + claims.serviceAccount().name(),
                claims.serviceAccount().uid(),
                new ArrayList<>(groups(claims.namespace())),
                extra);
    }

    /// The groups of every service account of a namespace.
    public static List<String> groups(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace);
    }
}
