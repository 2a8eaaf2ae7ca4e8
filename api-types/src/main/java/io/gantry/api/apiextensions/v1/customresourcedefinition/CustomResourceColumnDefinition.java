package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CustomResourceColumnDefinition` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition",
        model = "V1CustomResourceColumnDefinition")
public record CustomResourceColumnDefinition(
        @Required String name,
        @Required String type,
        @Nullable String format,
        @Nullable String description,
        @Format("int32") @Nullable Integer priority,
        @Required String jsonPath) {}
