package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `--tls-sni-cert-key`, as upstream reads it (`component-base/cli/flag/namedcertkey_flag.go`).
final class NamedCertificateTest {
    @Test
    void everyFlagIsOneCertificate() {
        assertEquals(
                List.of(
                        new NamedCertificate(Path.of("a.crt"), Path.of("a.key"), List.of()),
                        new NamedCertificate(Path.of("b.crt"), Path.of("b.key"), List.of("*.b.com", "b.com"))),
                ServerFlags.parse("--tls-sni-cert-key=a.crt,a.key", "--tls-sni-cert-key=b.crt, b.key: *.b.com,b.com")
                        .serving()
                        .named());
    }

    @Test
    void whatIsNoPairIsRefused() {
        Map.of(
                        "a.crt", "expected comma separated certificate and key file paths",
                        "a.crt,a.key,b", "expected comma separated certificate and key file paths",
                        "a.crt,a.key:", "empty names list is not allowed")
                .forEach((value, message) -> {
                    var refusal = assertThrows(
                            IllegalArgumentException.class, () -> ServerFlags.parse("--tls-sni-cert-key=" + value));
                    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
                });
    }
}
