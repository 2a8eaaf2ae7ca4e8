package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certificates that were issued with and without the duration that was asked for.
class CertificateMetricsTest {
    private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    private static final KeyPair KEYS = KeyPairs.ec();

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void issue(String name, String signer, String seconds) throws Exception {
        CertificateProfile profile = new CertificateProfile(
                name,
                List.of(),
                List.of(),
                List.of(),
                List.of(CertificateProfile.Usage.CLIENT_AUTH),
                Duration.ofHours(1));
        Identity identity =
                CertificateAuthority.create("ca", Duration.ofHours(2)).issue(profile);
        String request = CertificateRequests.create(KEYS, name, List.of(), List.of(), List.of());
        SERVER.json(
                201,
                "POST",
                REQUESTS,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"request\":\"" + base64(request)
                        + "\",\"signerName\":\"" + signer + "\"," + seconds + "\"usages\":[\"client auth\"]}}");
        String certificate = base64(Pem.encode(identity.certificate()));
        for (int i = 0; i < 2; i++) {
            SERVER.patch(
                    200, REQUESTS + "/" + name + "/status", "{\"status\":{\"certificate\":\"" + certificate + "\"}}");
        }
    }

    @Test
    void countsWhatWasAskedForAndGiven() throws Exception {
        issue("none", "kubernetes.io/kube-apiserver-client", "");
        issue("hour", "kubernetes.io/kube-apiserver-client", "\"expirationSeconds\":3600,");
        issue("day", "kubernetes.io/kube-apiserver-client", "\"expirationSeconds\":86400,");
        issue("other", "example.com/signer", "\"expirationSeconds\":3600,");
        List<String> lines = SERVER.send("GET", "/metrics", "application/json", "")
                .body()
                .lines()
                .filter(line -> line.startsWith("apiserver_certificates_registry_"))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "apiserver_certificates_registry_csr_honored_duration_total{signerName=\"kubernetes.io/kube-apiserver-client\"} 1",
                        "apiserver_certificates_registry_csr_honored_duration_total{signerName=\"other\"} 1",
                        "apiserver_certificates_registry_csr_requested_duration_total{signerName=\"kubernetes.io/kube-apiserver-client\"} 2",
                        "apiserver_certificates_registry_csr_requested_duration_total{signerName=\"other\"} 1"),
                lines);
    }

    @ParameterizedTest
    @CsvSource({"3600,3600,true", "3600,3120,false", "3600,3121,true", "600,905,true", "600,930,false"})
    void isNearEnough(long wanted, long actual, boolean honored) {
        assertEquals(honored, CertificateMetrics.isHonored(Duration.ofSeconds(wanted), Duration.ofSeconds(actual)));
    }
}
