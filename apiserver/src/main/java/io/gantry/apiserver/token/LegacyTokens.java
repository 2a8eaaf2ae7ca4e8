package io.gantry.apiserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.apiserver.authn.TokenAuthenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tokens that other control planes put into Secrets and that do not run out (upstream
/// `pkg/serviceaccount/legacy.go`): who brings a cluster along brings them. Such a token holds as long as
/// its Secret has it and its account is the same. Its use is not noted on the Secret. Thread-safe.
public final class LegacyTokens implements TokenAuthenticator {
    static final String ISSUER = "kubernetes/serviceaccount";
    static final String CLAIM = "kubernetes.io/serviceaccount/";

    /// A Secret whose token is not taken any more, though it is there.
    private static final String INVALID = "kubernetes.io/legacy-token-invalid-since";

    private static final Logger LOG = LoggerFactory.getLogger(LegacyTokens.class);

    private final TokenCodec codec;
    private final ObjectReader reader;

    /// What such a token says.
    private record Claims(String namespace, String account, String uid, String secret) {
        static Optional<Claims> of(JWTClaimsSet set) throws ParseException {
            Claims claims = new Claims(
                    text(set, "namespace"),
                    text(set, "service-account.name"),
                    text(set, "service-account.uid"),
                    text(set, "secret.name"));
            boolean whole = !claims.namespace.isEmpty()
                    && !claims.account.isEmpty()
                    && !claims.uid.isEmpty()
                    && !claims.secret.isEmpty();
            return whole && claims.name().equals(set.getSubject()) ? Optional.of(claims) : Optional.empty();
        }

        private static String text(JWTClaimsSet set, String claim) throws ParseException {
            String value = set.getStringClaim(CLAIM + claim);
            return value == null ? "" : value;
        }

        String name() {
            return TokenCodec.SUBJECT_PREFIX + namespace + ":" + account;
        }
    }

    public LegacyTokens(TokenCodec codec, ObjectReader reader) {
        this.codec = codec;
        this.reader = reader;
    }

    @Override
    public Optional<Authenticated> authenticate(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet set = jwt.getJWTClaimsSet();
            if (!ISSUER.equals(set.getIssuer()) || !codec.signed(jwt)) {
                return Optional.empty();
            }
            return Claims.of(set)
                    .filter(claims -> isKept(claims, token) && isSame(claims))
                    .map(LegacyTokens::user);
        } catch (ParseException | JOSEException unreadable) {
            LOG.debug("a bearer token that is no legacy token", unreadable);
            return Optional.empty();
        }
    }

    private boolean isKept(Claims claims, String token) {
        return reader.get(SecretKind.KIND, claims.namespace(), claims.secret())
                .filter(LegacyTokens::isAlive)
                .filter(secret ->
                        Trees.text(secret, "metadata", "labels", INVALID).isEmpty())
                .filter(secret -> isEqual(Trees.text(secret, "data", "token"), token))
                .isPresent();
    }

    /// In a time that tells nothing of the token.
    private static boolean isEqual(String kept, String token) {
        byte[] encoded = Base64.getEncoder().encode(token.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(kept.getBytes(StandardCharsets.UTF_8), encoded);
    }

    private boolean isSame(Claims claims) {
        return reader.get(ServiceAccountKind.KIND, claims.namespace(), claims.account())
                .filter(LegacyTokens::isAlive)
                .filter(account -> claims.uid().equals(Trees.uid(account)))
                .isPresent();
    }

    private static boolean isAlive(ObjectNode object) {
        return Trees.text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    private static Authenticated user(Claims claims) {
        UserInfo user =
                new UserInfo(claims.name(), claims.uid(), ServiceAccountTokens.groups(claims.namespace()), Map.of());
        return new Authenticated(user, List.of(), Instant.MAX);
    }
}
