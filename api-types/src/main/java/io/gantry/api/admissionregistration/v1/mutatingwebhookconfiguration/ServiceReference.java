package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ServiceReference` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.ServiceReference",
        model = "AdmissionregistrationV1ServiceReference")
public record ServiceReference(
        @Required String namespace,
        @Required String name,
        @Nullable String path,
        @Format("int32") @Default("443") @Nullable Integer port) {}
