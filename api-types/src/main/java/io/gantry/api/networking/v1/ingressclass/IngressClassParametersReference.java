package io.gantry.api.networking.v1.ingressclass;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `IngressClassParametersReference` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.networking.v1.IngressClassParametersReference",
        model = "V1IngressClassParametersReference")
public record IngressClassParametersReference(
        @Required String kind,
        @Nullable String apiGroup,
        @Required String name,
        @Default("\"Cluster\"") @Nullable String scope,
        @Nullable String namespace) {}
