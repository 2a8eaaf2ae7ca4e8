package io.gantry.apiserver.oidc;

import com.nimbusds.jwt.SignedJWT;
import io.gantry.apiserver.authn.TokenAuthenticator;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Tokens of other issuers (OpenID Connect). Thread-safe.
public final class OidcTokens implements TokenAuthenticator {
    private final Supplier<List<IssuerTokens>> issuers;
    private final InstantSource clock;

    OidcTokens(Supplier<List<IssuerTokens>> issuers, InstantSource clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    static List<IssuerTokens> issuers(List<IssuerRules> rules, InstantSource clock) {
        return rules.stream()
                .map(rule ->
                        new IssuerTokens(rule, new SigningKeys(rule, new HttpsDocuments(rule.authorities()), clock)))
                .toList();
    }

    @Override
    public boolean mayBlock(String token) {
        Optional<SignedJWT> parsed = parsed(token);
        return parsed.isPresent()
                && issuer(parsed.get())
                        .filter(issuer -> issuer.fetches(parsed.get()))
                        .isPresent();
    }

    @Override
    public Optional<Authenticated> authenticate(String token) {
        Optional<SignedJWT> parsed = parsed(token);
        return parsed.flatMap(this::issuer).map(issuer -> issuer.authenticate(parsed.get(), clock.instant()));
    }

    private static Optional<SignedJWT> parsed(String token) {
        try {
            return Optional.of(SignedJWT.parse(token));
        } catch (ParseException | RuntimeException noToken) {
            return Optional.empty();
        }
    }

    private Optional<IssuerTokens> issuer(SignedJWT token) {
        try {
            String named = token.getJWTClaimsSet().getIssuer();
            return issuers.get().stream()
                    .filter(issuer -> issuer.url().equals(named))
                    .findFirst();
        } catch (ParseException noClaims) {
            return Optional.empty();
        }
    }
}
