package io.gantry.api.certificates.v1.certificatesigningrequest;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `CertificateSigningRequestSpec` of `certificates.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.certificates.v1.CertificateSigningRequestSpec",
        model = "V1CertificateSigningRequestSpec")
public record CertificateSigningRequestSpec(
        @Required @Format("byte") @Written(false) String request,
        @Required String signerName,
        @Format("int32") @Nullable Integer expirationSeconds,

        @ListType(ListType.Kind.ATOMIC)
        @OneOf({
            "signing",
            "digital signature",
            "content commitment",
            "key encipherment",
            "key agreement",
            "data encipherment",
            "cert sign",
            "crl sign",
            "encipher only",
            "decipher only",
            "any",
            "server auth",
            "client auth",
            "code signing",
            "email protection",
            "s/mime",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "timestamping",
            "ocsp signing",
            "microsoft sgc",
            "netscape sgc"
        })
        List<String> usages,

        @Nullable String username,
        @Nullable String uid,
        @ListType(ListType.Kind.ATOMIC) List<String> groups,
        Map<String, List<String>> extra) {
    public CertificateSigningRequestSpec {
        usages = Copies.list(usages);
        groups = Copies.list(groups);
        extra = Copies.map(extra);
    }
}
