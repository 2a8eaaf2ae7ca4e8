package io.gantry.apiserver.admission;

import io.gantry.apiserver.objects.Trees;
import io.gantry.component.pki.CertificateRequests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// No certificate request makes somebody an administrator.
public final class CertificateSubjectRestriction implements AdmissionPlugin {
    private static final String SIGNER = "kubernetes.io/kube-apiserver-client";
    private static final String MASTERS = "system:masters";

    @Override
    public String name() {
        return "CertificateSubjectRestriction";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode request, Optional<ObjectNode> old) {
        if (!attributes.is("certificates.k8s.io", "certificatesigningrequests")
                || attributes.operation() != AdmissionAttributes.Operation.CREATE
                || !Trees.text(request, "spec", "signerName").equals(SIGNER)) {
            return;
        }
        CertificateRequests.Request parsed;
        try {
            String pem = new String(
                    Base64.getDecoder().decode(Trees.text(request, "spec", "request")), StandardCharsets.US_ASCII);
            parsed = CertificateRequests.parse(pem);
        } catch (IllegalArgumentException e) {
            throw Refusals.forbidden(attributes, "failed to parse CSR: " + e.getMessage());
        }
        if (parsed.organizations().contains(MASTERS)) {
            throw Refusals.forbidden(
                    attributes, "use of " + SIGNER + " signer with " + MASTERS + " group is not allowed");
        }
    }
}
