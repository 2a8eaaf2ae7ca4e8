package io.gantry.controllermanager.certificate;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeAddress;
import io.gantry.component.pki.CertificateRequests;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a request is a kubelet's own, and by which right it would be approved.
sealed interface ApprovalPlan {
    /// Not ours to decide.
    record Ignore() implements ApprovalPlan {}

    /// The node does not show these addresses yet.
    record Later() implements ApprovalPlan {}

    /// Approve when the requester has this right on certificate requests, or is in this group.
    record ApproveIfAllowed(String subresource, String group, String message) implements ApprovalPlan {}

    /// Approve.
    record Approve(String message) implements ApprovalPlan {}

    String BOOTSTRAPPERS = "system:bootstrappers:kubeadm:default-node-token";
    String NODES = "system:nodes";

    /// @param node the node that the request is for, when it exists
    static ApprovalPlan of(CertificateSigningRequest csr, CertificateRequests.Request request, Optional<Node> node) {
        List<String> usages = csr.spec().usages();
        String user = text(csr.spec().username());
        return switch (csr.spec().signerName()) {
            case Requests.KUBELET_CLIENT -> {
                if (!Requests.isKubeletClient(request, usages)) {
                    yield new Ignore();
                }
                yield user.equals(request.commonName())
                        ? new ApproveIfAllowed(
                                "selfnodeclient",
                                NODES,
                                "Auto approving self kubelet client certificate after SubjectAccessReview.")
                        : new ApproveIfAllowed(
                                "nodeclient",
                                BOOTSTRAPPERS,
                                "Auto approving kubelet client certificate after SubjectAccessReview.");
            }
            case Requests.PROXY_CLIENT ->
                Requests.isProxyClient(request, usages)
                        ? new ApproveIfAllowed(
                                "nodeclient",
                                BOOTSTRAPPERS,
                                "Auto approving kube-proxy client certificate after SubjectAccessReview.")
                        : new Ignore();
            case Requests.KUBELET_SERVING -> {
                boolean own = Requests.isKubeletServing(request, usages)
                        && user.equals(request.commonName())
                        && csr.spec().groups().contains(NODES);
                if (!own) {
                    yield new Ignore();
                }
                yield node.filter(n -> areOwnAddresses(request, n)).isPresent()
                        ? new Approve("Auto approving kubelet serving certificate: all names are the node's own.")
                        : new Later();
            }
            default -> new Ignore();
        };
    }

    private static boolean areOwnAddresses(CertificateRequests.Request request, Node node) {
        Set<String> own =
                node.status().addresses().stream().map(NodeAddress::address).collect(Collectors.toSet());
        return request.dnsNames().stream()
                        .allMatch(dns ->
                                own.contains(dns) || dns.equals(node.metadata().name()))
                && own.containsAll(request.ipAddresses());
    }
}
