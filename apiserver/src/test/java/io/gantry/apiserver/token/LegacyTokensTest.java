package io.gantry.apiserver.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.apiserver.authn.TokenAuthenticator;
import io.gantry.apiserver.objects.FakeObjects;
import io.gantry.component.pki.KeyPairs;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens of Secrets, as other control planes make them (upstream `pkg/serviceaccount/legacy.go`).
class LegacyTokensTest {
    private static final KeyPair KEYS = KeyPairs.rsa();
    private static final TokenCodec CODEC =
            new TokenCodec(TokenKeys.of(KEYS.getPrivate(), KEYS.getPublic()), List.of("https://issuer"));

    private static String token(KeyPair keys, String issuer, String keyId, String subject, String uid)
            throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .claim(LegacyTokens.CLAIM + "namespace", "a")
                .claim(LegacyTokens.CLAIM + "service-account.name", "robot")
                .claim(LegacyTokens.CLAIM + "service-account.uid", uid)
                .claim(LegacyTokens.CLAIM + "secret.name", "kept")
                .build();
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256);
        SignedJWT jwt = new SignedJWT(
                keyId.isEmpty() ? header.build() : header.keyID(keyId).build(), claims);
        jwt.sign(new RSASSASigner(keys.getPrivate()));
        return jwt.serialize();
    }

    private static String good() throws Exception {
        return token(KEYS, LegacyTokens.ISSUER, "", "system:serviceaccount:a:robot", "u1");
    }

    private static FakeObjects objects(String token, String secretMetadata, String accountMetadata) {
        String encoded = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        return new FakeObjects()
                .put(
                        SecretKind.KIND,
                        "{\"metadata\":{\"name\":\"kept\",\"namespace\":\"a\"" + secretMetadata
                                + "},\"data\":{\"token\":\"" + encoded + "\"}}")
                .put(
                        ServiceAccountKind.KIND,
                        "{\"metadata\":{\"name\":\"robot\",\"namespace\":\"a\"" + accountMetadata + "}}");
    }

    private static Optional<TokenAuthenticator.Authenticated> look(FakeObjects objects, String token) {
        return new LegacyTokens(CODEC, objects).authenticate(token);
    }

    @Test
    void aTokenThatItsSecretHasIsTaken() throws Exception {
        for (String keyId : List.of("", TokenKeys.keyId(KEYS.getPublic()))) {
            String token = token(KEYS, LegacyTokens.ISSUER, keyId, "system:serviceaccount:a:robot", "u1");
            TokenAuthenticator.Authenticated found =
                    look(objects(token, "", ",\"uid\":\"u1\""), token).orElseThrow();
            assertEquals("system:serviceaccount:a:robot", found.user().name());
            assertEquals("u1", found.user().uid());
            assertEquals(
                    List.of("system:serviceaccounts", "system:serviceaccounts:a"),
                    found.user().groups());
            assertEquals(List.of(), found.audiences());
        }
    }

    record Refused(String name, String kept, String token, String secret, String account) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> refused() throws Exception {
        String good = good();
        String uid = ",\"uid\":\"u1\"";
        String deleted = ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"";
        String subject = "system:serviceaccount:a:robot";
        String stranger = token(KeyPairs.rsa(), LegacyTokens.ISSUER, "", subject, "u1");
        String named = token(KEYS, LegacyTokens.ISSUER, "no-such-key", subject, "u1");
        String issued = token(KEYS, "elsewhere", "", subject, "u1");
        String other = token(KEYS, LegacyTokens.ISSUER, "", "system:serviceaccount:a:other", "u1");
        return Stream.of(
                new Refused("no token", good, "nonsense", "", uid),
                new Refused("another's signature", stranger, stranger, "", uid),
                new Refused("a key that is not there", named, named, "", uid),
                new Refused("another issuer", issued, issued, "", uid),
                new Refused("another subject", other, other, "", uid),
                new Refused("the Secret has another", "other", good, "", uid),
                new Refused("the Secret goes", good, good, deleted, uid),
                new Refused(
                        "it was made invalid",
                        good,
                        good,
                        ",\"labels\":{\"kubernetes.io/legacy-token-invalid-since\":\"2026-01-01\"}",
                        uid),
                new Refused("another account of the name", good, good, "", ",\"uid\":\"u2\""),
                new Refused("the account goes", good, good, "", uid + deleted));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatDoesNotHoldIsNotTaken(Refused row) {
        assertEquals(Optional.empty(), look(objects(row.kept, row.secret, row.account), row.token));
    }

    @Test
    void aTokenEndsWithItsSecret() throws Exception {
        String token = good();
        FakeObjects objects = objects(token, "", ",\"uid\":\"u1\"");
        objects.delete(SecretKind.KIND, "a", "kept");
        assertEquals(Optional.empty(), look(objects, token));
    }
}
