package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `WebhookClientConfig` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig",
        model = "ApiextensionsV1WebhookClientConfig")
public record WebhookClientConfig(
        @Nullable String url,
        @Nullable ServiceReference service,
        @Format("byte") @Nullable String caBundle) {}
