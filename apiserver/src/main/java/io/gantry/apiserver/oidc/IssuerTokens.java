package io.gantry.apiserver.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.api.Json;
import io.gantry.apiserver.authn.RefusedToken;
import io.gantry.apiserver.authn.TokenAuthenticator.Authenticated;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.review.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Looks at the tokens of one issuer. Thread-safe.
final class IssuerTokens {
    /// By how much an issuer's clock may be ahead of ours, as upstream's library has it.
    private static final Duration LEEWAY = Duration.ofMinutes(5);

    private final IssuerRules issuer;
    private final SigningKeys keys;

    IssuerTokens(IssuerRules issuer, SigningKeys keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    String url() {
        return issuer.url();
    }

    /// Whether a look at the token asks the issuer.
    boolean fetches(SignedJWT token) {
        return keys.fetches(keyId(token));
    }

    private static Optional<String> keyId(SignedJWT token) {
        return Optional.ofNullable(token.getHeader().getKeyID()).filter(id -> !id.isEmpty());
    }

    /// Whose token it is. May block.
    ///
    /// @throws RefusedToken when it does not count
    Authenticated authenticate(SignedJWT token, Instant now) {
        String algorithm = token.getHeader().getAlgorithm().getName();
        require(issuer.algorithms().contains(algorithm), "signed by " + algorithm + ", which is not allowed");
        require(signed(token), "failed to verify signature: no key of the issuer made it");
        ObjectNode claims = claims(token);
        Instant expires = instant(claims, "exp");
        require(now.isBefore(expires), "token is expired (Token Expiry: " + expires + ")");
        Instant notBefore = claims.has("nbf") ? instant(claims, "nbf") : now;
        require(!now.plus(LEEWAY).isBefore(notBefore), "current time is before the nbf (not before) time");
        List<String> audiences = audiences(claims);
        require(
                audiences.stream().anyMatch(issuer.audiences()::contains),
                "expected audience in " + issuer.audiences() + " got " + audiences);
        issuer.rules().forEach(rule -> checkClaims(rule, claims));
        UserInfo user = issuer.mappings().user(claims);
        checkUser(user);
        return new Authenticated(user, List.of(), expires);
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new RefusedToken("oidc: verify token: " + why);
        }
    }

    private boolean signed(SignedJWT token) {
        for (JWK key : keys.matching(keyId(token))) {
            try {
                if (key instanceof AsymmetricJWK pair
                        && token.verify(new DefaultJWSVerifierFactory()
                                .createJWSVerifier(token.getHeader(), pair.toPublicKey()))) {
                    return true;
                }
            } catch (JOSEException otherSort) {
                // A key of another sort than the token's algorithm did not sign it.
                continue;
            }
        }
        return false;
    }

    private static ObjectNode claims(SignedJWT token) {
        JsonNode tree = Json.MAPPER.readTree(token.getPayload().toBytes());
        require(tree.isObject(), "its claims are no object");
        return (ObjectNode) tree;
    }

    private static Instant instant(ObjectNode claims, String name) {
        return claims.path(name).isNumber()
                ? Instant.ofEpochSecond(claims.path(name).asLong(0))
                : Instant.EPOCH;
    }

    private static List<String> audiences(ObjectNode claims) {
        JsonNode audience = claims.path("aud");
        return audience.isArray()
                ? audience.valueStream().map(one -> one.asString("")).toList()
                : List.of(audience.asString(""));
    }

    private static void checkClaims(IssuerRules.Rule rule, ObjectNode claims) {
        switch (rule) {
            case IssuerRules.Rule.Required(String claim, String value) -> {
                JsonNode found = claims.path(claim);
                if (found.isMissingNode()) {
                    throw new RefusedToken("oidc: required claim " + claim + " not present in ID token");
                }
                if (!found.isString() || !found.stringValue().equals(value)) {
                    throw new RefusedToken("oidc: required claim " + claim + " value does not match. Got = "
                            + found.asString("") + ", want = " + value);
                }
            }
            case IssuerRules.Rule.Holds(ClaimExpression expression, boolean ofUser, String message) -> {
                if (!ofUser && !expression.holds("claims", claims)) {
                    throw new RefusedToken("oidc: error evaluating claim validation expression: validation expression '"
                            + expression.source() + "' failed: " + message);
                }
            }
        }
    }

    private void checkUser(UserInfo user) {
        for (IssuerRules.Rule rule : issuer.rules()) {
            if (rule instanceof IssuerRules.Rule.Holds(ClaimExpression expression, boolean ofUser, String message)
                    && ofUser
                    && !expression.holds("user", Json.MAPPER.valueToTree(Users.toApi(user)))) {
                throw new RefusedToken("oidc: error evaluating user info validation rule: validation expression '"
                        + expression.source() + "' failed: " + message);
            }
        }
    }
}
