package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The flags of service accounts' tokens, as upstream takes and refuses them.
final class ServiceAccountFlagsTest {
    private static ServiceAccountFlags parse(String... flags) {
        return ServerFlags.parse(flags).authentication().serviceAccounts();
    }

    @Test
    void severalIssuersAreBelievedAndTheFirstSigns() {
        ServiceAccountFlags flags =
                parse("--service-account-issuer=https://new", "--service-account-issuer=https://old");
        assertEquals(List.of("https://new", "https://old"), flags.issuers());
        assertEquals(List.of("https://new", "https://old"), flags.audiences());
        assertEquals(
                List.of("here"),
                parse("--service-account-issuer=https://new", "--api-audiences=here")
                        .audiences());
    }

    @Test
    void limits() {
        ServiceAccountFlags none = parse();
        assertEquals(Optional.empty(), none.longest());
        assertTrue(none.extended());
        ServiceAccountFlags some = parse(
                "--service-account-max-token-expiration=48h",
                "--service-account-extend-token-expiration=false",
                "--service-account-jwks-uri=https://keys.example.com/jwks");
        assertEquals(Optional.of(Duration.ofHours(48)), some.longest());
        assertEquals(false, some.extended());
        assertEquals(Optional.of("https://keys.example.com/jwks"), some.keysUri());
    }

    @Test
    void whatUpstreamRefuses() {
        Map.of(
                        "--service-account-max-token-expiration=59m",
                                "the service-account-max-token-expiration must be between 1 hour and 2^32 seconds",
                        "--service-account-jwks-uri=http://keys", "service-account-jwks-uri requires https scheme",
                        "--service-account-issuer=", "service-account-issuer should not be an empty string")
                .forEach((flag, message) -> {
                    var refusal = assertThrows(IllegalArgumentException.class, () -> parse(flag));
                    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
                });
        assertThrows(
                IllegalArgumentException.class,
                () -> parse("--service-account-issuer=https://a", "--service-account-issuer=https://a"));
    }
}
