package io.gantry.api.networking.v1.ingress;

import io.gantry.api.core.v1.pod.TypedLocalObjectReference;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `IngressBackend` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressBackend", model = "V1IngressBackend")
public record IngressBackend(
        @Nullable IngressServiceBackend service, @Nullable TypedLocalObjectReference resource) {}
