package io.gantry.apiserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims to signed tokens and back, in upstream's form (`pkg/serviceaccount`).
public final class TokenCodec {
    static final String SUBJECT_PREFIX = "system:serviceaccount:";
    private static final String PRIVATE_CLAIM = "kubernetes.io";
    private static final String WARN_AFTER = "warnafter";
    /// The clocks of several API servers may differ by this.
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(TokenCodec.class);

    private final TokenKeys keys;
    private final List<String> issuers;

    /// @param issuers the URLs of `--service-account-issuer`: the first is that of new tokens, tokens of all are taken;
    ///     not empty
    public TokenCodec(TokenKeys keys, List<String> issuers) {
        this.keys = keys;
        this.issuers = List.copyOf(issuers);
    }

    /// That of new tokens.
    public String issuer() {
        return issuers.getFirst();
    }

    public TokenKeys keys() {
        return keys;
    }

    /// Signs.
    public String encode(TokenClaims claims) {
        boolean ec = keys.signing() instanceof ECPrivateKey;
        JWSHeader header = new JWSHeader.Builder(ec ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256)
                .keyID(keys.signingKeyId())
                .build();
        JWSObject token = new JWSObject(header, new Payload(payload(claims)));
        try {
            JWSSigner signer = keys.signing() instanceof ECPrivateKey key
                    ? new ECDSASigner(key)
                    : new RSASSASigner(keys.signing());
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing a service-account token", e);
        }
        return token.serialize();
    }

    /// Reads a token; empty when it is not ours, its signature is wrong, or it is not valid at that time.
    /// Whether the objects it names still exist is for [ServiceAccountTokens].
    public Optional<TokenClaims> decode(String token, Instant now) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet set = jwt.getJWTClaimsSet();
            if (!ours(set) || !signed(jwt) || !inTime(set, now)) {
                return Optional.empty();
            }
            return claims(set);
        } catch (ParseException | JOSEException | RuntimeException e) {
            LOG.debug("a bearer token that is no token", e);
            return Optional.empty();
        }
    }

    /// Whether one of the keys signed it: the one that it names, where it names one.
    boolean signed(SignedJWT token) throws JOSEException {
        String keyId = token.getHeader().getKeyID();
        if (keyId != null) {
            PublicKey key = keys.verifying().get(keyId);
            return key != null && signed(token, key);
        }
        for (PublicKey key : keys.verifying().values()) {
            if (signed(token, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean signed(SignedJWT token, PublicKey key) throws JOSEException {
        JWSVerifier verifier =
                key instanceof ECPublicKey ec ? new ECDSAVerifier(ec) : new RSASSAVerifier((RSAPublicKey) key);
        return verifier.supportedJWSAlgorithms().contains(token.getHeader().getAlgorithm()) && token.verify(verifier);
    }

    private boolean ours(JWTClaimsSet set) {
        return set.getIssuer() != null && issuers.contains(set.getIssuer());
    }

    private static boolean inTime(JWTClaimsSet set, Instant now) {
        Date expires = set.getExpirationTime();
        return expires != null
                && !now.minus(LEEWAY).isAfter(expires.toInstant())
                && begun(set.getNotBeforeTime(), now)
                && begun(set.getIssueTime(), now);
    }

    private static boolean begun(@Nullable Date date, Instant now) {
        return date == null || !now.plus(LEEWAY).isBefore(date.toInstant());
    }

    private Map<String, Object> payload(TokenClaims claims) {
        Map<String, Object> kubernetes = new LinkedHashMap<>();
        kubernetes.put("namespace", claims.namespace());
        claims.node().ifPresent(node -> kubernetes.put("node", map(node)));
        claims.bound().ifPresent(bound -> kubernetes.put(bound.kind(), map(bound.ref())));
        kubernetes.put("serviceaccount", map(claims.serviceAccount()));
        claims.warnAfter().ifPresent(time -> kubernetes.put(WARN_AFTER, time.getEpochSecond()));
        Map<String, Object> payload = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(SUBJECT_PREFIX + claims.namespace() + ":"
                        + claims.serviceAccount().name())
                .jwtID(claims.id())
                .issueTime(Date.from(claims.issued()))
                .notBeforeTime(Date.from(claims.issued()))
                .expirationTime(Date.from(claims.expires()))
                .claim(PRIVATE_CLAIM, kubernetes)
                .build()
                .toJSONObject();
        // A list also where it is one: readers of upstream's tokens expect that.
        payload.put("aud", claims.audiences());
        return payload;
    }

    private static Optional<TokenClaims> claims(JWTClaimsSet set) throws ParseException {
        Map<String, Object> kubernetes = set.getJSONObjectClaim(PRIVATE_CLAIM);
        if (kubernetes == null || !(kubernetes.get("namespace") instanceof String namespace)) {
            return Optional.empty();
        }
        Optional<TokenClaims.Bound> bound = Optional.empty();
        for (String kind : List.of("pod", "secret")) {
            if (kubernetes.get(kind) != null) {
                bound = ref(kubernetes, kind).map(ref -> new TokenClaims.Bound(kind, ref));
            }
        }
        Optional<TokenClaims.Ref> node = ref(kubernetes, "node");
        if (bound.isEmpty()) {
            bound = node.map(ref -> new TokenClaims.Bound("node", ref));
        }
        Optional<TokenClaims.Ref> account = ref(kubernetes, "serviceaccount");
        if (account.isEmpty()
                || !(SUBJECT_PREFIX + namespace + ":" + account.get().name()).equals(set.getSubject())) {
            return Optional.empty();
        }
        return Optional.of(new TokenClaims(
                set.getJWTID() == null ? "" : set.getJWTID(),
                namespace,
                account.get(),
                bound,
                node,
                set.getAudience(),
                set.getIssueTime() == null ? Instant.EPOCH : set.getIssueTime().toInstant(),
                set.getExpirationTime().toInstant(),
                kubernetes.get(WARN_AFTER) instanceof Number seconds
                        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                        : Optional.empty()));
    }

    private static Optional<TokenClaims.Ref> ref(Map<String, Object> kubernetes, String field) {
        if (kubernetes.get(field) instanceof Map<?, ?> map && map.get("name") instanceof String name) {
            return Optional.of(new TokenClaims.Ref(name, map.get("uid") instanceof String uid ? uid : ""));
        }
        return Optional.empty();
    }

    private static Map<String, Object> map(TokenClaims.Ref ref) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", ref.name());
        if (!ref.uid().isEmpty()) {
            map.put("uid", ref.uid());
        }
        return map;
    }
}
