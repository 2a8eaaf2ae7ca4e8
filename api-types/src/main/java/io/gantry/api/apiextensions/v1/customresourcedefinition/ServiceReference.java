package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ServiceReference` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference",
        model = "ApiextensionsV1ServiceReference")
public record ServiceReference(
        @Required String namespace,
        @Required String name,
        @Nullable String path,
        @Format("int32") @Default("443") @Nullable Integer port) {}
