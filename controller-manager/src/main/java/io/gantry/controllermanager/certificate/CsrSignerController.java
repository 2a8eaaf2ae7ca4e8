package io.gantry.controllermanager.certificate;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestBuilder;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestCondition;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestStatus;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestStatusBuilder;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.Pem;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs approved certificate requests with the cluster's CA, read at each use, so that a renewed one is taken.
public final class CsrSignerController implements Reconciler<String> {
    private static final Logger LOG = LoggerFactory.getLogger(CsrSignerController.class);
    private static final String NAME = "csrsigning";

    private final Informer<CertificateSigningRequest> requests;
    private final Resource<CertificateSigningRequest> resource;
    private final Path certificateFile;
    private final Path keyFile;
    private final Duration longest;
    private final Clock clock;

    private CsrSignerController(ControllerContext context) {
        this.requests = context.informers().informer(CertificateSigningRequestKind.KIND);
        this.resource = context.client().resource(CertificateSigningRequestKind.KIND);
        this.certificateFile = context.options().signingCertificate().orElseThrow();
        this.keyFile = context.options()
                .signingKey()
                .orElseThrow(() -> new IllegalArgumentException("--cluster-signing-key-file is missing"));
        this.longest = context.options().signingDuration();
        this.clock = context.clock();
    }

    public static Controller create(ControllerContext context) {
        CsrSignerController controller = new CsrSignerController(context);
        WorkQueue<String> queue = new WorkQueue<>();
        controller.requests.addHandler(
                InformerHandler.onAny(csr -> queue.add(text(csr.metadata().name()))));
        return new QueueController<>(NAME, queue, 1, controller);
    }

    @Override
    public Result reconcile(String name) throws GeneralSecurityException {
        Optional<CertificateSigningRequest> found = requests.lister().get("", name);
        if (found.isEmpty() || !SigningPlan.isDue(found.get())) {
            return Result.done();
        }
        CertificateSigningRequest csr = found.get();
        switch (plan(csr)) {
            case SigningPlan.Nothing nothing -> {}
            case SigningPlan.Refuse refuse -> fail(csr, refuse.message());
            case SigningPlan.Sign sign -> sign(csr, sign);
        }
        return Result.done();
    }

    private SigningPlan plan(CertificateSigningRequest csr) {
        try {
            return SigningPlan.of(csr, Requests.parse(csr), longest);
        } catch (IllegalArgumentException e) {
            return new SigningPlan.Refuse("unable to parse request: " + e.getMessage());
        }
    }

    private void sign(CertificateSigningRequest csr, SigningPlan.Sign sign) throws GeneralSecurityException {
        CertificateRequests.Request request = Requests.parse(csr);
        String pem = Pem.encode(authority().certify(request.publicKey(), sign.profile()));
        String certificate = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        write(
                csr,
                CertificateSigningRequestStatusBuilder.builder(csr.status())
                        .certificate(certificate)
                        .build());
        LOG.info("signed certificate request {} for {}", csr.metadata().name(), request.commonName());
    }

    private CertificateAuthority authority() throws GeneralSecurityException {
        try {
            return new CertificateAuthority(
                    new Identity(Pem.certificates(certificateFile).getFirst(), Pem.privateKey(keyFile)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail(CertificateSigningRequest csr, String message) {
        Instant now = Fields.now(clock);
        List<CertificateSigningRequestCondition> conditions =
                new ArrayList<>(csr.status().conditions());
        conditions.add(
                new CertificateSigningRequestCondition("Failed", "True", "SignerValidationFailure", message, now, now));
        write(
                csr,
                CertificateSigningRequestStatusBuilder.builder(csr.status())
                        .conditions(conditions)
                        .build());
    }

    private void write(CertificateSigningRequest csr, CertificateSigningRequestStatus status) {
        resource.updateStatus(
                CertificateSigningRequestBuilder.builder(csr).status(status).build());
    }
}
