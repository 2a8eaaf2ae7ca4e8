package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `CustomResourceSubresources` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources",
        model = "V1CustomResourceSubresources")
public record CustomResourceSubresources(
        @Nullable JsonNode status, @Nullable CustomResourceSubresourceScale scale) {}
