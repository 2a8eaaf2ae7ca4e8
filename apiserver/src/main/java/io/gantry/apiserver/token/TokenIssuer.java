package io.gantry.apiserver.token;

import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.tokenrequest.BoundObjectReference;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestSpec;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestSpecBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestStatusBuilder;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Answers `POST …/serviceaccounts/NAME/token`. Thread-safe.
public final class TokenIssuer {
    private static final long MIN_SECONDS = 600;
    private static final long DEFAULT_SECONDS = 3_600;
    private static final long MAX_SECONDS = 1L << 32;

    private final TokenCodec codec;
    private final ObjectReader reader;
    private final List<String> audiences;
    private final InstantSource clock;

    /// @param audiences the API server's own, given to tokens that ask for none
    public TokenIssuer(TokenCodec codec, ObjectReader reader, List<String> audiences, InstantSource clock) {
        this.codec = codec;
        this.reader = reader;
        this.audiences = List.copyOf(audiences);
        this.clock = clock;
    }

    /// Issues a token.
    ///
    /// @return the request with its defaults filled in, and the status
    /// @throws StatusException 404 without the account, 422 for what cannot be asked for, 409 for another uid
    public TokenRequest issue(String namespace, String name, TokenRequest request) {
        ObjectNode account = reader.get(ServiceAccountKind.KIND, namespace, name)
                .orElseThrow(() -> StatusException.notFound("", "serviceaccounts", name));
        TokenRequestSpec asked = request.spec();
        long seconds = asked.expirationSeconds() == null ? DEFAULT_SECONDS : asked.expirationSeconds();
        validate(name, seconds);
        List<String> wanted = asked.audiences().isEmpty() ? audiences : asked.audiences();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<ObjectNode> bound =
                Optional.ofNullable(asked.boundObjectRef()).map(ref -> bound(namespace, name, ref));
        TokenClaims claims = new TokenClaims(
                UUID.randomUUID().toString(),
                namespace,
                ref(account),
                bound.map(object -> new TokenClaims.Bound(boundKind(asked), ref(object))),
                bound.flatMap(object -> node(asked, object)),
                wanted,
                now,
                now.plusSeconds(seconds));
        return TokenRequestBuilder.builder(request)
                .spec(TokenRequestSpecBuilder.builder(asked)
                        .audiences(wanted)
                        .expirationSeconds(seconds)
                        .build())
                .status(TokenRequestStatusBuilder.builder()
                        .token(codec.encode(claims))
                        .expirationTimestamp(claims.expires())
                        .build())
                .build();
    }

    private static void validate(String name, long seconds) {
        String wrong = seconds < MIN_SECONDS
                ? "may not specify a duration less than 10 minutes"
                : seconds > MAX_SECONDS ? "may not specify a duration larger than 2^32 seconds" : "";
        if (!wrong.isEmpty()) {
            throw StatusException.invalid(
                    "authentication.k8s.io",
                    "TokenRequest",
                    name,
                    List.of(new FieldError(
                            FieldError.Type.INVALID,
                            "spec.expirationSeconds",
                            "Invalid value: " + seconds + ": " + wrong)));
        }
    }

    private ObjectNode bound(String namespace, String account, BoundObjectReference ref) {
        String kind = ref.kind() == null ? "" : ref.kind();
        String name = ref.name() == null ? "" : ref.name();
        Kind<?> resource = switch (kind) {
            case "Pod" -> PodKind.KIND;
            case "Secret" -> SecretKind.KIND;
            case "Node" -> NodeKind.KIND;
            default ->
                throw StatusException.badRequest("cannot bind token to object of type "
                        + (ref.apiVersion() == null ? "" : ref.apiVersion()) + ", Kind=" + kind);
        };
        ObjectNode object = reader.get(resource, resource.namespaced() ? namespace : "", name)
                .orElseThrow(() -> StatusException.notFound("", resource.plural(), name));
        if (ref.uid() != null && !ref.uid().isEmpty() && !ref.uid().equals(Trees.uid(object))) {
            throw StatusException.conflict(
                    "",
                    resource.plural(),
                    name,
                    "the UID in the bound object reference (" + ref.uid() + ") does not match the UID in record ("
                            + Trees.uid(object)
                            + "). The object might have been deleted and then recreated");
        }
        if (kind.equals("Pod")
                && !Trees.text(object, "spec", "serviceAccountName").equals(account)) {
            throw StatusException.badRequest("cannot bind token for serviceaccount \"" + account
                    + "\" to pod running with different serviceaccount name.");
        }
        return object;
    }

    private static String boundKind(TokenRequestSpec spec) {
        BoundObjectReference ref = spec.boundObjectRef();
        return ref == null || ref.kind() == null ? "" : ref.kind().toLowerCase(java.util.Locale.ROOT);
    }

    private Optional<TokenClaims.Ref> node(TokenRequestSpec spec, ObjectNode bound) {
        String nodeName = boundKind(spec).equals("pod") ? Trees.text(bound, "spec", "nodeName") : "";
        if (nodeName.isEmpty()) {
            return Optional.empty();
        }
        String uid = reader.get(NodeKind.KIND, "", nodeName).map(Trees::uid).orElse("");
        return Optional.of(new TokenClaims.Ref(nodeName, uid));
    }

    private static TokenClaims.Ref ref(ObjectNode object) {
        return new TokenClaims.Ref(Trees.name(object), Trees.uid(object));
    }
}
