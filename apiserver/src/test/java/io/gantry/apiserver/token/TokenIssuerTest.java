package io.gantry.apiserver.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.apiserver.objects.FakeObjects;
import io.gantry.component.pki.KeyPairs;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is issued to whom (upstream `registry/core/serviceaccount/storage/token.go`).
final class TokenIssuerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final KeyPair KEYS = KeyPairs.rsa();
    private static final TokenKeys TOKEN_KEYS = TokenKeys.of(KEYS.getPrivate(), KEYS.getPublic());
    private static final TokenCodec CODEC = new TokenCodec(TOKEN_KEYS, List.of("https://new", "https://old"));
    private static final TokenLimits LIMITS =
            new TokenLimits(List.of("https://new", "https://old"), Optional.empty(), true);
    private static final String OF_POD = ",\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"p\"}";
    private static final FakeObjects OBJECTS = new FakeObjects()
            .put(ServiceAccountKind.KIND, "{\"metadata\":{\"name\":\"robot\",\"namespace\":\"a\",\"uid\":\"u1\"}}")
            .put(
                    PodKind.KIND,
                    "{\"metadata\":{\"name\":\"p\",\"namespace\":\"a\",\"uid\":\"u2\"},"
                            + "\"spec\":{\"serviceAccountName\":\"robot\",\"nodeName\":\"gone\"}}");

    private final List<String> warnings = new ArrayList<>();

    private TokenRequest issue(TokenLimits limits, String metadata, String spec) {
        TokenIssuer issuer = new TokenIssuer(CODEC, OBJECTS, limits, InstantSource.fixed(NOW));
        TokenRequest request =
                Json.MAPPER.readValue("{\"metadata\":{" + metadata + "},\"spec\":{" + spec + "}}", TokenRequest.class);
        return issuer.issue("a", "robot", request, warnings::add);
    }

    private static JWTClaimsSet claims(TokenRequest issued) throws Exception {
        return SignedJWT.parse(issued.status().token()).getJWTClaimsSet();
    }

    private static long life(TokenRequest issued) throws Exception {
        return claims(issued).getExpirationTime().toInstant().getEpochSecond() - NOW.getEpochSecond();
    }

    @Test
    void whatAdmissionPutsIntoPodsLivesForAYear() throws Exception {
        TokenRequest issued = issue(LIMITS, "", "\"expirationSeconds\":3607" + OF_POD);
        assertEquals(365L * 24 * 60 * 60, life(issued));
        assertEquals(NOW.plusSeconds(3607), issued.status().expirationTimestamp(), "when the kubelet takes another");
        assertEquals(3607, issued.spec().expirationSeconds());
        TokenClaims read = CODEC.decode(issued.status().token(), NOW.plusSeconds(300L * 24 * 60 * 60))
                .orElseThrow();
        assertEquals(Optional.of(NOW.plusSeconds(3607)), read.warnAfter());
        assertEquals(Optional.of(new TokenClaims.Ref("gone", "")), read.node());
    }

    record Short(String name, TokenLimits limits, String spec) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Short> shorts() {
        String odd = "\"expirationSeconds\":3607";
        return List.of(
                new Short("another time", LIMITS, "\"expirationSeconds\":3600" + OF_POD),
                new Short("no pod", LIMITS, odd),
                new Short("another audience", LIMITS, odd + OF_POD + ",\"audiences\":[\"https://new\",\"vault\"]"),
                new Short("switched off", new TokenLimits(LIMITS.audiences(), Optional.empty(), false), odd + OF_POD));
    }

    @ParameterizedTest
    @MethodSource("shorts")
    void othersLiveAsLongAsTheyAskFor(Short row) throws Exception {
        TokenRequest issued = issue(row.limits, "", row.spec);
        assertEquals(issued.spec().expirationSeconds(), life(issued));
        assertEquals(
                Optional.empty(),
                CODEC.decode(issued.status().token(), NOW).orElseThrow().warnAfter());
    }

    @Test
    void oneAudienceIsAListToo() throws Exception {
        TokenRequest issued = issue(LIMITS, "", "\"audiences\":[\"vault\"]");
        String payload = SignedJWT.parse(issued.status().token()).getPayload().toString();
        assertTrue(payload.contains("\"aud\":[\"vault\"]"), payload);
        assertEquals(List.of("vault"), claims(issued).getAudience());
    }

    @Test
    void noTokenOutlivesTheLimit() throws Exception {
        TokenLimits hours = new TokenLimits(LIMITS.audiences(), Optional.of(7200L), true);
        TokenRequest issued = issue(hours, "", "\"expirationSeconds\":86400");
        assertEquals(7200, life(issued));
        assertEquals(7200, issued.spec().expirationSeconds());
        assertEquals(List.of("requested expiration of 86400 seconds shortened to 7200 seconds"), warnings);
    }

    @Test
    void theAnswerSaysWhoseTokenItIs() throws Exception {
        TokenRequest issued = issue(LIMITS, "\"name\":\"robot\",\"uid\":\"u1\"", "");
        assertEquals("robot", issued.metadata().name());
        assertEquals("a", issued.metadata().namespace());
        assertEquals("u1", issued.metadata().uid());
        assertEquals(NOW, issued.metadata().creationTimestamp());
        assertEquals("https://new", claims(issued).getIssuer());
        assertEquals(LIMITS.audiences(), issued.spec().audiences());
    }

    record Refused(int code, String metadata, String spec, String message) {}

    static List<Refused> refused() {
        return List.of(
                new Refused(422, "\"name\":\"other\"", "", "must match the service account name if specified"),
                new Refused(
                        400,
                        "\"namespace\":\"b\"",
                        "",
                        "the namespace of the provided object does not match the namespace sent on the request"),
                new Refused(
                        409,
                        "\"uid\":\"u9\"",
                        "",
                        "the UID in the token request (u9) does not match the UID of the service account (u1)"),
                new Refused(
                        422,
                        "",
                        "\"expirationSeconds\":599",
                        "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 599:"
                                + " may not specify a duration less than 10 minutes"),
                new Refused(
                        400,
                        "",
                        "\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"apps/v1\",\"name\":\"p\"}",
                        "cannot bind token to object of type apps/v1, Kind=Pod"),
                new Refused(
                        409,
                        "",
                        "\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"p\",\"uid\":\"u9\"}",
                        "Operation cannot be fulfilled on Pod \"p\": the UID in the bound object reference (u9) does not"
                                + " match the UID in record. The object might have been deleted and then recreated"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatDoesNotFitIsRefused(Refused row) {
        StatusException refusal = assertThrows(StatusException.class, () -> issue(LIMITS, row.metadata, row.spec));
        assertEquals(row.code, refusal.code());
        assertTrue(refusal.getMessage().contains(row.message), refusal.getMessage());
    }

    @Test
    void tokensOfAFormerIssuerAreTaken() {
        TokenCodec former = new TokenCodec(TOKEN_KEYS, List.of("https://old"));
        TokenCodec stranger = new TokenCodec(TOKEN_KEYS, List.of("https://strange"));
        TokenClaims claims =
                CODEC.decode(issue(LIMITS, "", "").status().token(), NOW).orElseThrow();
        assertEquals(Optional.of(claims), CODEC.decode(former.encode(claims), NOW));
        assertEquals(Optional.empty(), CODEC.decode(stranger.encode(claims), NOW));
    }

    @Test
    void clocksOfServersMayDifferByAMinute() {
        String token = issue(LIMITS, "", "\"expirationSeconds\":600").status().token();
        for (long seconds : List.of(-60L, 0L, 660L)) {
            assertTrue(CODEC.decode(token, NOW.plusSeconds(seconds)).isPresent(), seconds + " s");
        }
        for (long seconds : List.of(-61L, 661L)) {
            assertTrue(CODEC.decode(token, NOW.plusSeconds(seconds)).isEmpty(), seconds + " s");
        }
    }
}
