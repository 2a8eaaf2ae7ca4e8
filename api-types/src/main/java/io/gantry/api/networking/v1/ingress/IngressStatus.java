package io.gantry.api.networking.v1.ingress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `IngressStatus` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressStatus", model = "V1IngressStatus")
public record IngressStatus(
        @Default("{}") @Written @Nullable IngressLoadBalancerStatus loadBalancer) {}
