package io.gantry.api.certificates.v1.certificatesigningrequest;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `CertificateSigningRequest` kind of `certificates.k8s.io/v1` to the API server and to clients.
public final class CertificateSigningRequestKind implements KindDefinition<CertificateSigningRequest> {
    public static final Kind<CertificateSigningRequest> KIND = new Kind<>(
            CertificateSigningRequest.class,
            "certificates.k8s.io",
            "v1",
            "CertificateSigningRequest",
            "certificatesigningrequests",
            false,
            List.of("csr"),
            List.of());

    @Override
    public Kind<CertificateSigningRequest> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.APPROVAL);
    }

    @Override
    public KindRules<CertificateSigningRequest> rules() {
        return new CertificateSigningRequestRules();
    }

    @Override
    public List<Column> columns() {
        return CertificateSigningRequestColumns.all();
    }
}
