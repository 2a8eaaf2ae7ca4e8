package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CustomResourceConversion` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion",
        model = "V1CustomResourceConversion")
public record CustomResourceConversion(
        @Required String strategy, @Nullable WebhookConversion webhook) {}
