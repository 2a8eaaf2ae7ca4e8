package io.gantry.api.networking.v1.ingressclass;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `IngressClassSpec` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressClassSpec", model = "V1IngressClassSpec")
public record IngressClassSpec(
        @Nullable String controller, @Nullable IngressClassParametersReference parameters) {}
