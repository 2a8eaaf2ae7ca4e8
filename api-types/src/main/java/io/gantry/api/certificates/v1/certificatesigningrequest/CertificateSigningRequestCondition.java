package io.gantry.api.certificates.v1.certificatesigningrequest;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `CertificateSigningRequestCondition` of `certificates.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.certificates.v1.CertificateSigningRequestCondition",
        model = "V1CertificateSigningRequestCondition")
public record CertificateSigningRequestCondition(
        @Required String type,
        @Required String status,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Instant lastUpdateTime,
        @Nullable Instant lastTransitionTime) {}
