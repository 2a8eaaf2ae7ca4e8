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
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers `POST …/serviceaccounts/NAME/token`. Thread-safe.
public final class TokenIssuer {
    private static final String GROUP = "authentication.k8s.io";
    private static final long MIN_SECONDS = 600;
    private static final long DEFAULT_SECONDS = 3_600;
    private static final long MAX_SECONDS = 1L << 32;

    private final TokenCodec codec;
    private final ObjectReader reader;
    private final TokenLimits limits;
    private final InstantSource clock;

    public TokenIssuer(TokenCodec codec, ObjectReader reader, TokenLimits limits, InstantSource clock) {
        this.codec = codec;
        this.reader = reader;
        this.limits = limits;
        this.clock = clock;
    }

    /// Issues a token (upstream `registry/core/serviceaccount/storage/token.go`).
    ///
    /// @param warnings takes what the client is to be warned of
    /// @return the request with its defaults filled in, and the status
    /// @throws StatusException 404 without the account, 422 for what cannot be asked for, 409 for another uid
    public TokenRequest issue(String namespace, String name, TokenRequest request, Consumer<String> warnings) {
        ObjectMeta metadata = request.metadata();
        matching("name", "must match the service account name if specified", metadata.name(), name, name);
        if (metadata.namespace() != null
                && !metadata.namespace().isEmpty()
                && !metadata.namespace().equals(namespace)) {
            throw StatusException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        ObjectNode account = reader.get(ServiceAccountKind.KIND, namespace, name)
                .orElseThrow(() -> StatusException.notFound("", "serviceaccounts", name));
        sameAccount(metadata.uid(), account);
        TokenRequestSpec asked = request.spec();
        long wantedSeconds = asked.expirationSeconds() == null ? DEFAULT_SECONDS : asked.expirationSeconds();
        validate(wantedSeconds);
        List<String> wanted = asked.audiences().isEmpty() ? limits.audiences() : asked.audiences();
        Optional<ObjectNode> bound =
                Optional.ofNullable(asked.boundObjectRef()).map(ref -> bound(namespace, name, ref));
        long seconds = limits.granted(wantedSeconds);
        if (seconds < wantedSeconds) {
            warnings.accept(
                    "requested expiration of " + wantedSeconds + " seconds shortened to " + seconds + " seconds");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plusSeconds(seconds);
        boolean extend = limits.extend(boundKind(asked).equals("pod"), seconds, wanted);
        TokenClaims claims = new TokenClaims(
                UUID.randomUUID().toString(),
                namespace,
                ref(account),
                bound.map(object -> new TokenClaims.Bound(boundKind(asked), ref(object))),
                bound.flatMap(object -> node(asked, object)),
                wanted,
                now,
                extend ? now.plusSeconds(TokenLimits.YEAR_SECONDS) : expires,
                extend ? Optional.of(expires) : Optional.empty());
        return TokenRequestBuilder.builder(request)
                .metadata(ObjectMetaBuilder.builder(metadata)
                        .name(name)
                        .namespace(namespace)
                        .uid(Trees.uid(account))
                        .creationTimestamp(now)
                        .build())
                .spec(TokenRequestSpecBuilder.builder(asked)
                        .audiences(wanted)
                        .expirationSeconds(seconds)
                        .build())
                .status(TokenRequestStatusBuilder.builder()
                        .token(codec.encode(claims))
                        .expirationTimestamp(expires)
                        .build())
                .build();
    }

    private static void matching(String field, String why, @Nullable String given, String own, String account) {
        if (given != null && !given.isEmpty() && !given.equals(own)) {
            throw invalid(account, "metadata." + field, "Invalid value: \"" + given + "\": " + why);
        }
    }

    private static void sameAccount(@Nullable String uid, ObjectNode account) {
        if (uid != null && !uid.isEmpty() && !uid.equals(Trees.uid(account))) {
            throw StatusException.conflict(
                    GROUP,
                    "TokenRequest",
                    Trees.name(account),
                    "the UID in the token request (" + uid + ") does not match the UID of the service account ("
                            + Trees.uid(account) + ")");
        }
    }

    private static void validate(long seconds) {
        String wrong = seconds < MIN_SECONDS
                ? "may not specify a duration less than 10 minutes"
                : seconds > MAX_SECONDS ? "may not specify a duration larger than 2^32 seconds" : "";
        if (!wrong.isEmpty()) {
            throw invalid("", "spec.expirationSeconds", "Invalid value: " + seconds + ": " + wrong);
        }
    }

    private static StatusException invalid(String name, String path, String detail) {
        return StatusException.invalid(
                GROUP, "TokenRequest", name, List.of(new FieldError(FieldError.Type.INVALID, path, detail)));
    }

    private ObjectNode bound(String namespace, String account, BoundObjectReference ref) {
        String kind = ref.kind() == null ? "" : ref.kind();
        String name = ref.name() == null ? "" : ref.name();
        Kind<?> resource = resource(ref.apiVersion() == null ? "" : ref.apiVersion(), kind);
        ObjectNode object = reader.get(resource, resource.namespaced() ? namespace : "", name)
                .orElseThrow(() -> StatusException.notFound("", resource.plural(), name));
        if (kind.equals("Pod")
                && !Trees.text(object, "spec", "serviceAccountName").equals(account)) {
            throw StatusException.badRequest("cannot bind token for serviceaccount \"" + account
                    + "\" to pod running with different serviceaccount name.");
        }
        if (ref.uid() != null && !ref.uid().isEmpty() && !ref.uid().equals(Trees.uid(object))) {
            throw StatusException.conflict(
                    "",
                    kind,
                    name,
                    "the UID in the bound object reference (" + ref.uid() + ") does not match the UID in record. "
                            + "The object might have been deleted and then recreated");
        }
        return object;
    }

    private static Kind<?> resource(String apiVersion, String kind) {
        // Of the core group whatever the version is.
        String bindable = apiVersion.contains("/") ? "" : kind;
        return switch (bindable) {
            case "Pod" -> PodKind.KIND;
            case "Secret" -> SecretKind.KIND;
            case "Node" -> NodeKind.KIND;
            default ->
                throw StatusException.badRequest("cannot bind token to object of type "
                        + (apiVersion.contains("/") ? "" : "/") + apiVersion + ", Kind=" + kind);
        };
    }

    private static String boundKind(TokenRequestSpec spec) {
        BoundObjectReference ref = spec.boundObjectRef();
        return ref == null || ref.kind() == null ? "" : ref.kind().toLowerCase(Locale.ROOT);
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
