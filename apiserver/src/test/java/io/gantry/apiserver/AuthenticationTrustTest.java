package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.pki.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What several API servers of a cluster tell aggregated servers together.
final class AuthenticationTrustTest {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final CertificateAuthority OLD = CertificateAuthority.create("old", LIFE);
    private static final CertificateAuthority RENEWED = CertificateAuthority.create("renewed", LIFE);
    private static final CertificateAuthority PROXIES = CertificateAuthority.create("proxies", LIFE);
    private static final Instant NOW = Instant.now();

    private static AuthenticationTrust trust(
            List<X509Certificate> clients, List<X509Certificate> proxies, List<String> names, List<String> uids) {
        return new AuthenticationTrust(
                clients,
                proxies,
                new FrontProxyNames(
                        names, List.of("X-Remote-User"), uids, List.of("X-Remote-Group"), List.of("X-Remote-Extra-")));
    }

    private static X509Certificate of(CertificateAuthority authority) {
        return authority.identity().certificate();
    }

    private static String pem(CertificateAuthority authority) {
        return authority.identity().certificatePem().strip() + "\n";
    }

    @Test
    void authoritiesOfAnotherServerStay() throws Exception {
        AuthenticationTrust there = trust(List.of(of(OLD)), List.of(of(PROXIES)), List.of("a", "b"), List.of());
        AuthenticationTrust own =
                trust(List.of(of(RENEWED), of(OLD)), List.of(of(RENEWED)), List.of("b", "c"), List.of("X-Remote-Uid"));
        Map<String, String> data =
                AuthenticationTrust.of(there.data()).and(own, NOW).data();
        assertEquals(
                Map.of(
                        "client-ca-file", pem(OLD) + pem(RENEWED),
                        "requestheader-client-ca-file", pem(PROXIES) + pem(RENEWED),
                        "requestheader-allowed-names", "[\"a\",\"b\",\"c\"]",
                        "requestheader-username-headers", "[\"X-Remote-User\"]",
                        "requestheader-uid-headers", "[\"X-Remote-Uid\"]",
                        "requestheader-group-headers", "[\"X-Remote-Group\"]",
                        "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]"),
                data);
    }

    @Test
    void authoritiesThatEndedGoFiveMinutesLater() {
        Instant end = of(OLD).getNotAfter().toInstant();
        AuthenticationTrust there = trust(List.of(of(OLD)), List.of(), List.of(), List.of());
        AuthenticationTrust none = trust(List.of(), List.of(), List.of(), List.of());
        assertEquals(pem(OLD), there.and(none, end.plusSeconds(299)).data().get("client-ca-file"));
        assertEquals(Map.of(), there.and(none, end.plusSeconds(300)).data());
    }

    @Test
    void nothingIsToldOfFrontProxiesWithoutTheirAuthority() {
        AuthenticationTrust own = trust(List.of(of(OLD)), List.of(), List.of("a"), List.of());
        assertEquals(Map.of("client-ca-file", pem(OLD)), own.data());
    }
}
