package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `WebhookClientConfig` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.WebhookClientConfig",
        model = "AdmissionregistrationV1WebhookClientConfig")
public record WebhookClientConfig(
        @Nullable String url,
        @Nullable ServiceReference service,
        @Format("byte") @Nullable String caBundle) {}
