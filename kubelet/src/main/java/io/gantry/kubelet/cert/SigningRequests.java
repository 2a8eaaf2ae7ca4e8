package io.gantry.kubelet.cert;

import io.gantry.api.StatusException;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestBuilder;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestCondition;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.Resource;
import io.gantry.component.DoublingPauses;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.KeyPairs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the cluster for certificates.
public final class SigningRequests {
    private static final Logger LOG = LoggerFactory.getLogger(SigningRequests.class);
    private static final Duration FIRST_POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String GROUP = "system:nodes";
    private static final int UNAUTHORIZED = 401;

    /// What to ask for.
    ///
    /// @param signer e.g. `kubernetes.io/kubelet-serving`
    public record Wish(
            String nodeName, String signer, List<String> usages, List<String> dnsNames, List<String> ipAddresses) {
        public static Wish client(String nodeName) {
            return new Wish(
                    nodeName,
                    "kubernetes.io/kube-apiserver-client-kubelet",
                    List.of("digital signature", "client auth"),
                    List.of(),
                    List.of());
        }

        public static Wish serving(String nodeName, List<String> dnsNames, List<String> ipAddresses) {
            return new Wish(
                    nodeName,
                    "kubernetes.io/kubelet-serving",
                    List.of("digital signature", "server auth"),
                    dnsNames,
                    ipAddresses);
        }
    }

    private final Resource<CertificateSigningRequest> requests;
    private final CountDownLatch closed;
    private final boolean patientWhenUnknown;

    /// @param closed ends all waiting when it reaches zero
    public SigningRequests(ApiClient client, CountDownLatch closed) {
        this(client, closed, true);
    }

    private SigningRequests(ApiClient client, CountDownLatch closed, boolean patientWhenUnknown) {
        this.requests = client.resource(CertificateSigningRequestKind.KIND);
        this.closed = closed;
        this.patientWhenUnknown = patientWhenUnknown;
    }

    /// Gives up with [StatusException] 401 when the server does not know who asks: with other credentials it might.
    static SigningRequests ofStranger(ApiClient client, CountDownLatch closed) {
        return new SigningRequests(client, closed, false);
    }

    /// Asks, waits for the answer, and writes it to the file. Blocks while the API server or the signer is away.
    ///
    /// @throws IOException when the request was denied or failed, or nobody signed it in time
    public void obtain(Wish wish, CertificateFile file) throws IOException, InterruptedException {
        KeyPair keys = KeyPairs.ec();
        String name = create(wish, keys);
        LOG.info("waiting for certificate request {} ({})", name, wish.signer());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        DoublingPauses pauses = new DoublingPauses(FIRST_POLL, LONGEST_POLL);
        while (System.nanoTime() < deadline) {
            String certificate = issued(name);
            if (!certificate.isEmpty()) {
                String pem = new String(Base64.getMimeDecoder().decode(certificate), StandardCharsets.US_ASCII);
                file.write(pem, keys);
                LOG.info("certificate written to {}", file.path());
                return;
            }
            pause(pauses);
        }
        throw new IOException("nobody signed certificate request " + name);
    }

    private void pause(DoublingPauses pauses) throws InterruptedException {
        if (pauses.await(closed)) {
            throw new InterruptedException("closed");
        }
    }

    private String create(Wish wish, KeyPair keys) throws InterruptedException {
        String pem = CertificateRequests.create(
                keys, "system:node:" + wish.nodeName(), List.of(GROUP), wish.dnsNames(), wish.ipAddresses());
        CertificateSigningRequest request = CertificateSigningRequestBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().generateName("csr-").build())
                .spec(CertificateSigningRequestSpecBuilder.builder()
                        .request(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)))
                        .signerName(wish.signer())
                        .usages(wish.usages())
                        .build())
                .build();
        DoublingPauses pauses = new DoublingPauses(FIRST_POLL, LONGEST_POLL);
        while (true) {
            try {
                String name = requests.create(request).metadata().name();
                return name == null ? "" : name;
            } catch (StatusException failure) {
                if (failure.code() == UNAUTHORIZED && !patientWhenUnknown) {
                    throw failure;
                }
                LOG.warn("certificate request not accepted: {}", failure.getMessage());
                pause(pauses);
            }
        }
    }

    private String issued(String name) throws IOException {
        CertificateSigningRequest request;
        try {
            request = requests.get("", name);
        } catch (StatusException failure) {
            if (failure.isNotFound()) {
                throw new IOException("certificate request " + name + " is gone", failure);
            }
            LOG.warn("certificate request {}: {}", name, failure.getMessage());
            return "";
        }
        for (CertificateSigningRequestCondition condition : request.status().conditions()) {
            if (condition.type().equals("Denied") || condition.type().equals("Failed")) {
                throw new IOException("certificate request " + name + " was "
                        + condition.type().toLowerCase(Locale.ROOT) + ": " + condition.message());
            }
        }
        String certificate = request.status().certificate();
        return certificate == null ? "" : certificate;
    }
}
