package io.gantry.controllermanager.certificate;

import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.StatusException;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestCondition;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.client.Deletion;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Deletes certificate requests that are decided for an hour, or that nobody decided for a day.
public final class CsrCleanerController {
    private static final Duration DECIDED = Duration.ofHours(1);
    private static final Duration PENDING = Duration.ofHours(24);

    private CsrCleanerController() {}

    public static Controller create(ControllerContext context) {
        Informer<CertificateSigningRequest> requests = context.informers().informer(CertificateSigningRequestKind.KIND);
        Resource<CertificateSigningRequest> resource = context.client().resource(CertificateSigningRequestKind.KIND);
        WorkQueue<String> queue = new WorkQueue<>();
        requests.addHandler(
                InformerHandler.onAny(csr -> queue.add(text(csr.metadata().name()))));
        Clock clock = context.clock();
        return new QueueController<>("csrcleaner", queue, 1, name -> {
            Optional<CertificateSigningRequest> csr = requests.lister().get("", name);
            if (csr.isEmpty()) {
                return Result.done();
            }
            Duration left = Duration.between(clock.instant(), expiry(csr.get()));
            if (left.isPositive()) {
                return Result.requeueAfter(left);
            }
            delete(resource, name, csr.get());
            return Result.done();
        });
    }

    private static void delete(
            Resource<CertificateSigningRequest> resource, String name, CertificateSigningRequest csr) {
        try {
            resource.delete("", name, Deletion.defaults().withUid(Owners.uid(csr)));
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    /// When the request is of no more use.
    static Instant expiry(CertificateSigningRequest csr) {
        boolean waitsForSigner =
                Requests.has(csr, "Approved") && !Requests.isIssued(csr) && !Requests.has(csr, "Failed");
        if (!waitsForSigner && !csr.status().conditions().isEmpty()) {
            return csr.status().conditions().stream()
                    .map(CsrCleanerController::updated)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH)
                    .plus(DECIDED);
        }
        return time(csr.metadata().creationTimestamp()).plus(PENDING);
    }

    private static Instant updated(CertificateSigningRequestCondition condition) {
        return time(condition.lastUpdateTime());
    }
}
