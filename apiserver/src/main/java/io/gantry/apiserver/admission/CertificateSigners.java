package io.gantry.apiserver.admission;

import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Who approves a certificate request needs the verb `approve` on its signer, who signs it the verb `sign`; for all
/// signers of a domain on `domain/*` (upstream's CertificateApproval and CertificateSigning).
public final class CertificateSigners implements AdmissionPlugin {
    private static final String GROUP = "certificates.k8s.io";

    private final Authorizer authorizer;

    public CertificateSigners(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "CertificateSigners";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode request, Optional<ObjectNode> old) {
        if (!attributes.group().equals(GROUP)
                || !attributes.resource().equals("certificatesigningrequests")
                || attributes.operation() != AdmissionAttributes.Operation.UPDATE
                || old.isEmpty()) {
            return;
        }
        String signer = Trees.text(old.get(), "spec", "signerName");
        if (attributes.subresource().equals("approval")) {
            require(attributes, "approve", signer);
        }
        boolean signs =
                !Trees.text(request, "status", "certificate").equals(Trees.text(old.get(), "status", "certificate"));
        if (attributes.subresource().equals("status") && signs) {
            require(attributes, "sign", signer);
        }
    }

    private void require(AdmissionAttributes attributes, String verb, String signer) {
        String domain = signer.contains("/") ? signer.substring(0, signer.indexOf('/')) : signer;
        if (!may(attributes, verb, signer) && !may(attributes, verb, domain + "/*")) {
            throw Refusals.forbidden(
                    attributes, "user not permitted to " + verb + " requests with signerName \"" + signer + "\"");
        }
    }

    private boolean may(AdmissionAttributes attributes, String verb, String name) {
        return authorizer
                .decide(Attributes.resource(attributes.user(), verb, GROUP, "*", "signers", "", name))
                .allowed();
    }
}
