package io.gantry.apiserver;

import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.Counts;
import io.gantry.component.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How many certificates were issued to who had asked for a duration, and how many have it (upstream
/// `registry/certificates/certificates/storage/metrics.go`). Thread-safe.
final class CertificateMetrics implements WriteHook {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateMetrics.class);
    private static final String OWN = "kubernetes.io/";

    /// Certificates are valid from a little before, and may miss the duration by a twentieth.
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int TOLERATED_PARTS = 20;

    private final Counts requested =
            Counts.counter("apiserver_certificates_registry_csr_requested_duration_total", "signerName");
    private final Counts honored =
            Counts.counter("apiserver_certificates_registry_csr_honored_duration_total", "signerName");

    @Override
    public Completion before(Call call, ObjectNode object, Optional<ObjectNode> old, boolean dryRun) {
        JsonNode wanted =
                old.map(before -> before.path("spec").path("expirationSeconds")).orElseGet(object::missingNode);
        boolean issued = wanted.isNumber()
                && old.filter(before -> certificate(before).isEmpty()).isPresent()
                && !certificate(object).isEmpty();
        return written -> {
            if (issued && written) {
                count(object, Duration.ofSeconds(wanted.asLong()));
            }
        };
    }

    private static String certificate(JsonNode request) {
        return Trees.text(request, "status", "certificate");
    }

    private void count(JsonNode request, Duration wanted) {
        String name = Trees.text(request, "spec", "signerName");
        String signer = name.startsWith(OWN) ? name : "other";
        requested.of(signer).increment();
        try {
            byte[] pem = Base64.getDecoder().decode(certificate(request));
            X509Certificate issued =
                    Pem.certificates(new String(pem, StandardCharsets.US_ASCII)).getFirst();
            Duration actual = Duration.between(
                    issued.getNotBefore().toInstant(), issued.getNotAfter().toInstant());
            if (isHonored(wanted, actual)) {
                honored.of(signer).increment();
            }
        } catch (CertificateException | IllegalArgumentException | NoSuchElementException unreadable) {
            LOG.warn("the certificate of {} cannot be read", Trees.name(request), unreadable);
        }
    }

    static boolean isHonored(Duration wanted, Duration actual) {
        return wanted.minus(actual).abs().compareTo(TOLERANCE.plus(wanted.dividedBy(TOLERATED_PARTS))) < 0;
    }

    String text() {
        return requested.text() + honored.text();
    }
}
