package io.gantry.controllermanager.certificate;

import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.authorization.v1.subjectaccessreview.ResourceAttributesBuilder;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReview;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewBuilder;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewKind;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewSpecBuilder;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestBuilder;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestCondition;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestStatusBuilder;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Approves the certificate requests of kubelets: the first client certificate (by a bootstrap token), its
/// renewals, and serving certificates for the node's own addresses.
public final class CsrApproverController implements Reconciler<String> {
    private static final Logger LOG = LoggerFactory.getLogger(CsrApproverController.class);
    private static final String NAME = "csrapproving";

    /// How soon, and for how long, to look whether a node shows its addresses.
    private static final Duration NODE_RETRY = Duration.ofSeconds(1);

    private static final Duration NODE_PATIENCE = Duration.ofMinutes(10);

    private final Informer<CertificateSigningRequest> requests;
    private final Resource<CertificateSigningRequest> resource;
    private final Resource<SubjectAccessReview> reviews;
    private final Informer<Node> nodes;
    private final Clock clock;

    private CsrApproverController(ControllerContext context) {
        this.requests = context.informers().informer(CertificateSigningRequestKind.KIND);
        this.resource = context.client().resource(CertificateSigningRequestKind.KIND);
        this.reviews = context.client().resource(SubjectAccessReviewKind.KIND);
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.clock = context.clock();
    }

    public static Controller create(ControllerContext context) {
        CsrApproverController controller = new CsrApproverController(context);
        WorkQueue<String> queue = new WorkQueue<>();
        controller.requests.addHandler(
                InformerHandler.onAny(csr -> queue.add(text(csr.metadata().name()))));
        return new QueueController<>(NAME, queue, 1, controller);
    }

    @Override
    public Result reconcile(String name) {
        Optional<CertificateSigningRequest> found = requests.lister().get("", name);
        if (found.isEmpty() || isDecided(found.get())) {
            return Result.done();
        }
        CertificateSigningRequest csr = found.get();
        CertificateRequests.Request request;
        try {
            request = Requests.parse(csr);
        } catch (IllegalArgumentException e) {
            LOG.info("certificate request {} is not readable: {}", name, e.getMessage());
            return Result.done();
        }
        Optional<Node> node = request.commonName().startsWith("system:node:")
                ? nodes.lister().get("", Requests.nodeName(request))
                : Optional.empty();
        return decide(csr, ApprovalPlan.of(csr, request, node));
    }

    private Result decide(CertificateSigningRequest csr, ApprovalPlan plan) {
        switch (plan) {
            case ApprovalPlan.Ignore ignore -> {}
            case ApprovalPlan.Approve approve -> approve(csr, approve.message());
            case ApprovalPlan.ApproveIfAllowed conditional -> {
                if (isAllowed(csr, conditional)) {
                    approve(csr, conditional.message());
                }
            }
            case ApprovalPlan.Later later -> {
                Instant created = time(csr.metadata().creationTimestamp());
                if (Duration.between(created, clock.instant()).compareTo(NODE_PATIENCE) < 0) {
                    return Result.requeueAfter(NODE_RETRY);
                }
            }
        }
        return Result.done();
    }

    private static boolean isDecided(CertificateSigningRequest csr) {
        return Requests.isIssued(csr) || Requests.has(csr, "Approved") || Requests.has(csr, "Denied");
    }

    /// The groups of `join` are allowed as kubeadm's bindings would; anybody else needs such a binding.
    private boolean isAllowed(CertificateSigningRequest csr, ApprovalPlan.ApproveIfAllowed plan) {
        if (csr.spec().groups().contains(plan.group())) {
            return true;
        }
        SubjectAccessReview review = reviews.create(SubjectAccessReviewBuilder.builder()
                .spec(SubjectAccessReviewSpecBuilder.builder()
                        .user(text(csr.spec().username()))
                        .uid(text(csr.spec().uid()))
                        .groups(csr.spec().groups())
                        .extra(csr.spec().extra())
                        .resourceAttributes(ResourceAttributesBuilder.builder()
                                .group("certificates.k8s.io")
                                .resource("certificatesigningrequests")
                                .verb("create")
                                .subresource(plan.subresource())
                                .version("*")
                                .build())
                        .build())
                .build());
        return Fields.flag(review.status().allowed());
    }

    private void approve(CertificateSigningRequest csr, String message) {
        Instant now = Fields.now(clock);
        List<CertificateSigningRequestCondition> conditions =
                new ArrayList<>(csr.status().conditions());
        conditions.add(new CertificateSigningRequestCondition("Approved", "True", "AutoApproved", message, now, now));
        resource.updateSubresource(
                "approval",
                CertificateSigningRequestBuilder.builder(csr)
                        .status(CertificateSigningRequestStatusBuilder.builder(csr.status())
                                .conditions(conditions)
                                .build())
                        .build());
        LOG.info(
                "approved certificate request {} of {}",
                csr.metadata().name(),
                csr.spec().username());
    }
}
