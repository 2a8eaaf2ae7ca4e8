package io.gantry.api.apiregistration.v1.apiservice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `ServiceReference` of `apiregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference",
        model = "ApiregistrationV1ServiceReference")
public record ServiceReference(
        @Nullable String namespace,
        @Nullable String name,
        @Format("int32") @Default("443") @Nullable Integer port) {}
