package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CustomResourceSubresourceScale` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale",
        model = "V1CustomResourceSubresourceScale")
public record CustomResourceSubresourceScale(
        @Required String specReplicasPath,
        @Required String statusReplicasPath,
        @Nullable String labelSelectorPath) {}
