package io.gantry.api.certificates.v1.certificatesigningrequest;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CertificateSigningRequestStatus` of `certificates.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.certificates.v1.CertificateSigningRequestStatus",
        model = "V1CertificateSigningRequestStatus")
public record CertificateSigningRequestStatus(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        List<CertificateSigningRequestCondition> conditions,

        @Format("byte") @Nullable String certificate) {
    public CertificateSigningRequestStatus {
        conditions = Copies.list(conditions);
    }
}
