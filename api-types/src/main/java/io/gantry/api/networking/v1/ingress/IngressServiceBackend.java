package io.gantry.api.networking.v1.ingress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `IngressServiceBackend` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressServiceBackend", model = "V1IngressServiceBackend")
public record IngressServiceBackend(
        @Required String name, @Written @Nullable ServiceBackendPort port) {}
