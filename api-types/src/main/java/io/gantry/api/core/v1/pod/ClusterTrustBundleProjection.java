package io.gantry.api.core.v1.pod;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ClusterTrustBundleProjection` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ClusterTrustBundleProjection", model = "V1ClusterTrustBundleProjection")
public record ClusterTrustBundleProjection(
        @Nullable String name,
        @Nullable String signerName,
        @Nullable LabelSelector labelSelector,
        @Nullable Boolean optional,
        @Required(byRules = true) String path) {}
