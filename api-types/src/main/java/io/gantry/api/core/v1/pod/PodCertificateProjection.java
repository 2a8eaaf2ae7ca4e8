package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PodCertificateProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodCertificateProjection", model = "V1PodCertificateProjection")
public record PodCertificateProjection(
        @Required(byRules = true) @Written(false) String signerName,
        @Required(byRules = true) @Written(false) String keyType,
        @Format("int32") @Default("86400") @Nullable Integer maxExpirationSeconds,
        @Nullable String credentialBundlePath,
        @Nullable String keyPath,
        @Nullable String certificateChainPath,
        Map<String, String> userAnnotations) {
    public PodCertificateProjection {
        userAnnotations = Copies.map(userAnnotations);
    }
}
