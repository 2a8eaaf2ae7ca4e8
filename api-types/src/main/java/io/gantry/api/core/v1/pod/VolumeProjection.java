package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `VolumeProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeProjection", model = "V1VolumeProjection")
public record VolumeProjection(
        @Nullable SecretProjection secret,
        @Nullable DownwardAPIProjection downwardAPI,
        @Nullable ConfigMapProjection configMap,
        @Nullable ServiceAccountTokenProjection serviceAccountToken,
        @Nullable ClusterTrustBundleProjection clusterTrustBundle,
        @Nullable PodCertificateProjection podCertificate) {}
