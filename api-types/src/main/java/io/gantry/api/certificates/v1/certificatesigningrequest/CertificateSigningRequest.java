package io.gantry.api.certificates.v1.certificatesigningrequest;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The CertificateSigningRequest kind of `certificates.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.certificates.v1.CertificateSigningRequest", model = "V1CertificateSigningRequest")
public record CertificateSigningRequest(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required CertificateSigningRequestSpec spec,
        @Default("{}") CertificateSigningRequestStatus status)
        implements KubernetesObject {
    public CertificateSigningRequest {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? CertificateSigningRequestSpecBuilder.builder().build() : spec;
        status = status == null
                ? CertificateSigningRequestStatusBuilder.builder().build()
                : status;
    }
}
