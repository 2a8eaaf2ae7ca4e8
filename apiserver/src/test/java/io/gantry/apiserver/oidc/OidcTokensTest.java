package io.gantry.apiserver.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.authn.RefusedToken;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.component.Flags;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which tokens of an issuer count, for whom, and what is said of the others.
class OidcTokensTest {
    private static final String URL = "https://issuer.example.com";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TestIssuer issuer = new TestIssuer(URL);
    private Instant now = START;

    private OidcTokens tokens(IssuerRules... rules) {
        List<IssuerTokens> issuers = Stream.of(rules)
                .map(rule -> new IssuerTokens(rule, new SigningKeys(rule, issuer, () -> now)))
                .toList();
        return new OidcTokens(() -> issuers, () -> now);
    }

    private static IssuerRules flags(String... more) {
        String[] all = Stream.concat(
                        Stream.of("--oidc-issuer-url=" + URL, "--oidc-client-id=gantry", "--oidc-signing-algs=ES256"),
                        Stream.of(more))
                .toArray(String[]::new);
        return OidcFlags.rules(OidcFlags.parse(Flags.parse(all)).flags().orElseThrow());
    }

    private static IssuerRules file(String mappingsAndRules) {
        String text = """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                jwt:
                - issuer: {url: "%s", audiences: [other, gantry], audienceMatchPolicy: MatchAny}
                """.formatted(URL) + mappingsAndRules.indent(2);
        return AuthenticationFile.parse("test", text.getBytes(StandardCharsets.UTF_8))
                .issuers()
                .getFirst();
    }

    /// Claims that hold, with some more.
    private static Map<String, Object> claims(Object... pairs) {
        Map<String, Object> claims = new TreeMap<>(Map.of(
                "iss",
                URL,
                "aud",
                "gantry",
                "sub",
                "1234",
                "exp",
                START.plusSeconds(3600).getEpochSecond()));
        for (int i = 0; i < pairs.length; i += 2) {
            claims.put((String) pairs[i], pairs[i + 1]);
        }
        return claims;
    }

    /// @param user name, uid, groups and extra as text; or the refusal
    record Row(String what, IssuerRules rules, Map<String, Object> claims, String user) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> rows() {
        String mapped = """
                claimMappings:
                  username: {expression: 'claims.preferred + "@corp"'}
                  groups: {expression: 'claims.roles.split(",")'}
                  uid: {claim: sub}
                  extra:
                  - {key: example.com/tenant, valueExpression: 'claims.tenant'}
                  - {key: example.com/none, valueExpression: '""'}
                claimValidationRules:
                - {claim: hd, requiredValue: corp}
                - {expression: 'claims.exp - claims.iat <= 86400', message: lives too long}
                userValidationRules:
                - {expression: '!user.username.startsWith("system:")', message: reserved}
                """;
        Object[] good = {"preferred", "anna", "roles", "a,b", "tenant", "t", "hd", "corp", "iat", START.getEpochSecond()
        };
        return Stream.of(
                new Row("the subject, with the issuer", flags(), claims(), URL + "#1234||[]|{}"),
                new Row("no prefix", flags("--oidc-username-prefix=-"), claims(), "1234||[]|{}"),
                new Row(
                        "another claim, groups, prefixes",
                        flags(
                                "--oidc-username-claim=name",
                                "--oidc-username-prefix=o:",
                                "--oidc-groups-claim=groups",
                                "--oidc-groups-prefix=g:"),
                        claims("name", "anna", "groups", List.of("a", "b"), "jti", "x"),
                        "o:anna||[g:a, g:b]|{authentication.kubernetes.io/credential-id=[JTI=x]}"),
                new Row("one group as text", flags("--oidc-groups-claim=g"), claims("g", "a"), URL + "#1234||[a]|{}"),
                new Row("several audiences", flags(), claims("aud", List.of("x", "gantry")), URL + "#1234||[]|{}"),
                new Row(
                        "an email address has no prefix",
                        flags("--oidc-username-claim=email"),
                        claims("email", "a@b.c", "email_verified", true),
                        "a@b.c||[]|{}"),
                new Row(
                        "an email address that nobody verified",
                        flags("--oidc-username-claim=email"),
                        claims("email", "a@b.c", "email_verified", false),
                        "oidc: email not verified"),
                new Row(
                        "no such claim",
                        flags("--oidc-username-claim=name"),
                        claims(),
                        "oidc: parse username claims \"name\": claim not present"),
                new Row(
                        "a required claim that is missing",
                        flags("--oidc-required-claim=hd=corp"),
                        claims(),
                        "oidc: required claim hd not present in ID token"),
                new Row(
                        "a required claim that is another",
                        flags("--oidc-required-claim=hd=corp"),
                        claims("hd", "x"),
                        "oidc: required claim hd value does not match. Got = x, want = corp"),
                new Row(
                        "for somebody else",
                        flags(),
                        claims("aud", "other"),
                        "oidc: verify token: expected audience in [gantry] got [other]"),
                new Row(
                        "expired",
                        flags(),
                        claims("exp", START.getEpochSecond()),
                        "oidc: verify token: token is expired (Token Expiry: 2026-01-01T00:00:00Z)"),
                new Row(
                        "not valid yet",
                        flags(),
                        claims("nbf", START.plusSeconds(301).getEpochSecond()),
                        "oidc: verify token: current time is before the nbf (not before) time"),
                new Row(
                        "an algorithm that is not allowed",
                        flags("--oidc-signing-algs=RS256"),
                        claims(),
                        "oidc: verify token: signed by ES256, which is not allowed"),
                new Row("expressions", file(mapped), claims(good), "anna@corp|1234|[a, b]|{example.com/tenant=[t]}"),
                new Row(
                        "a rule that does not hold",
                        file(mapped),
                        claims(Stream.concat(Stream.of(good), Stream.of("iat", 0))
                                .toArray()),
                        "oidc: error evaluating claim validation expression: validation expression"
                                + " 'claims.exp - claims.iat <= 86400' failed: lives too long"),
                new Row(
                        "a user that may not be",
                        file(mapped),
                        claims(Stream.concat(Stream.of(good), Stream.of("preferred", "system:x"))
                                .toArray()),
                        "oidc: error evaluating user info validation rule: validation expression"
                                + " '!user.username.startsWith(\"system:\")' failed: reserved"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aTokenIsAUserOrIsRefused(Row row) {
        String token = issuer.token(row.claims());
        String found;
        try {
            UserInfo user =
                    tokens(row.rules()).authenticate(token).orElseThrow().user();
            found = user.name() + "|" + user.uid() + "|" + user.groups() + "|" + user.extra();
        } catch (RefusedToken refused) {
            found = refused.why();
        }
        assertEquals(row.user(), found);
    }

    @Test
    void othersTokensAreNotLookedAt() {
        OidcTokens tokens = tokens(flags());
        assertEquals(Optional.empty(), tokens.authenticate("nonsense"));
        assertEquals(Optional.empty(), tokens.authenticate(issuer.token(claims("iss", "https://other"))));
        assertFalse(tokens.mayBlock(issuer.token(claims("iss", "https://other"))));
        assertEquals(List.of(), issuer.fetched());
    }

    /// Keys are fetched with the first token, and again when a token names another, but not for every such token.
    @Test
    void newKeysAreFetched() {
        OidcTokens tokens = tokens(flags());
        String first = issuer.token(claims());
        assertTrue(tokens.mayBlock(first));
        assertTrue(tokens.authenticate(first).isPresent());
        assertFalse(tokens.mayBlock(first));
        assertEquals(2, issuer.fetched().size());
        issuer.rotate("second");
        String second = issuer.token(claims());
        assertThrows(RefusedToken.class, () -> tokens.authenticate(second));
        assertEquals(2, issuer.fetched().size());
        now = now.plus(SigningKeys.PAUSE);
        assertTrue(tokens.mayBlock(second));
        assertTrue(tokens.authenticate(second).isPresent());
        assertEquals(
                List.of(URL + "/.well-known/openid-configuration", URL + "/keys", URL + "/keys"), issuer.fetched());
        assertThrows(RefusedToken.class, () -> tokens.authenticate(first), "the old key is gone");
    }

    @Test
    void anIssuerThatIsDownIsSaid() {
        issuer.down(true);
        OidcTokens tokens = tokens(flags());
        String token = issuer.token(claims());
        String why = assertThrows(RefusedToken.class, () -> tokens.authenticate(token))
                .why();
        assertEquals("oidc: cannot get the keys of issuer " + URL + ": connection refused", why);
        assertEquals(
                why,
                assertThrows(RefusedToken.class, () -> tokens.authenticate(token))
                        .why());
        assertEquals(1, issuer.fetched().size());
        issuer.down(false);
        now = now.plus(SigningKeys.PAUSE);
        assertTrue(tokens.authenticate(token).isPresent());
        issuer.down(true);
        now = now.plusSeconds(60);
        assertTrue(tokens.authenticate(token).isPresent(), "known keys count on");
    }

    @Test
    void aForgedTokenIsRefused() {
        OidcTokens tokens = tokens(flags());
        assertTrue(tokens.authenticate(issuer.token(claims())).isPresent());
        TestIssuer forger = new TestIssuer(URL);
        String why = assertThrows(RefusedToken.class, () -> tokens.authenticate(forger.token(claims())))
                .why();
        assertEquals("oidc: verify token: failed to verify signature: no key of the issuer made it", why);
    }

    static Stream<List<String>> refusedFlags() {
        return Stream.of(
                List.of("--oidc-issuer-url=" + URL),
                List.of("--oidc-client-id=x"),
                List.of("--oidc-issuer-url=http://a", "--oidc-client-id=x"),
                List.of("--oidc-issuer-url=" + URL, "--oidc-client-id=x", "--oidc-signing-algs=HS256"),
                List.of("--oidc-issuer-url=" + URL, "--oidc-client-id=x", "--oidc-required-claim=x"),
                List.of("--oidc-issuer-url=" + URL, "--oidc-client-id=x", "--authentication-config=f"));
    }

    @ParameterizedTest
    @MethodSource("refusedFlags")
    void flagsMustFit(List<String> flags) {
        assertThrows(IllegalArgumentException.class, () -> OidcFlags.parse(Flags.parse(flags.toArray(String[]::new))));
    }

    static Stream<String> refusedFiles() {
        return Stream.of(
                "claimMappings: {}",
                "claimMappings: {username: {claim: sub}}",
                "claimMappings: {username: {claim: sub, prefix: '', expression: 'claims.sub'}}",
                "claimMappings: {username: {expression: 'claims.'}}",
                "claimMappings: {username: {claim: sub, prefix: ''}, extra: [{key: x, valueExpression: '1'}]}",
                "claimMappings: {username: {claim: sub, prefix: ''}}\nclaimValidationRules: [{message: x}]",
                "claimMappings: {username: {claim: sub, prefix: ''}}\nuserValidationRules: [{expression: 'claims.x'}]");
    }

    @ParameterizedTest
    @MethodSource("refusedFiles")
    void filesMustFit(String text) {
        assertThrows(IllegalArgumentException.class, () -> file(text));
    }
}
