package io.gantry.apiserver.oidc;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/// One issuer whose tokens count, and what becomes of their claims (upstream's `JWTAuthenticator`).
///
/// @param url the `iss` of its tokens, and where its discovery document lies
/// @param discoveryUrl where the document lies otherwise; empty for below `url`
/// @param authorities of its certificate; empty for the host's
/// @param audiences of which a token must name one
/// @param algorithms by which it may sign
/// @param rules what claims must say, and what users must be
record IssuerRules(
        String url,
        String discoveryUrl,
        List<X509Certificate> authorities,
        List<String> audiences,
        Set<String> algorithms,
        ClaimMappings mappings,
        List<Rule> rules) {
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512");

    IssuerRules {
        authorities = List.copyOf(authorities);
        audiences = List.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        rules = List.copyOf(rules);
    }

    /// What must hold.
    sealed interface Rule {
        /// A claim that is a certain text.
        record Required(String claim, String value) implements Rule {}

        /// An expression over `claims`, or over `user`, that is true.
        record Holds(ClaimExpression expression, boolean ofUser, String message) implements Rule {}
    }

    /// Where its discovery document lies.
    String discovery() {
        return discoveryUrl.isEmpty()
                ? (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/.well-known/openid-configuration"
                : discoveryUrl;
    }
}
